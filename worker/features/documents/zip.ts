import { sniff } from "./sniff";

const MAX_ENTRIES = 1000;
const MAX_UNPACKED = 100 * 1024 * 1024;
const MAX_RATIO = 100;

const END = 0x06054b50;
const END_BYTES = 22;
const ZIP64_LOCATOR = 0x07064b50;
const ZIP64_LOCATOR_BYTES = 20;
const CENTRAL = 0x02014b50;
const CENTRAL_BYTES = 46;
const LOCAL = 0x04034b50;
const LOCAL_BYTES = 30;

/** Encryption: classic, strong, and of the directory. */
const ENCRYPTED = 0x0001 | 0x0040 | 0x2000;
const SIZES_BEHIND_DATA = 0x0008;

/** Fields that say the size or the name a second time, for some readers only. */
const SECOND_SIZE = 0x0001;
const SECOND_NAME = 0x7075;

const PACKED_NAME =
  /\.(?:zip|7z|rar|tar|t?gz|bz2|xz|zst|cab|jar|war|apk|epub|(?:doc|xls|ppt|vsd)[xm]|(?:dot|xlt|pot|pps)[xm]|xlsb|od[tspgf])$/i;

/** What is wrong, as the end of the sentence "This file ...". */
class Refusal extends Error {}

function refuse(problem: string): never {
  throw new Refusal(problem);
}

const BROKEN_OFF = "is broken off: its end is missing";
const DAMAGED = "is damaged";

interface Entry {
  name: string;
  nameBytes: Uint8Array;
  flags: number;
  method: number;
  packed: number;
  unpacked: number;
  attributes: number;
  /** Where its local header begins. */
  at: number;
}

/** The end record: the last one, and its comment has to reach exactly to the end of the file. */
function endRecord(view: DataView): number {
  const lowest = Math.max(0, view.byteLength - END_BYTES - 0xffff);
  for (let at = view.byteLength - END_BYTES; at >= lowest; at--) {
    if (view.getUint32(at, true) !== END) continue;
    return at + END_BYTES + view.getUint16(at + 20, true) === view.byteLength ? at : refuse(DAMAGED);
  }
  return refuse(BROKEN_OFF);
}

function checkExtra(view: DataView, from: number, to: number) {
  for (let at = from; at + 4 <= to; ) {
    const id = view.getUint16(at, true);
    if (id === SECOND_SIZE || id === SECOND_NAME) refuse("describes one of its parts twice");
    at += 4 + view.getUint16(at + 2, true);
    if (at > to) refuse(DAMAGED);
  }
}

/** The entries of the central directory, which has to fill the space before the end record exactly. */
function centralDirectory(bytes: Uint8Array, view: DataView): { entries: Entry[]; start: number } {
  const end = endRecord(view);
  const [disk, startDisk, here, count] = [4, 6, 8, 10].map((field) => view.getUint16(end + field, true));
  const size = view.getUint32(end + 12, true);
  const start = view.getUint32(end + 16, true);
  const zip64At = end - ZIP64_LOCATOR_BYTES;
  // A file of 10 MB never needs the format for big ones; whoever uses it wants two readers to see two archives.
  if (zip64At >= 0 && view.getUint32(zip64At, true) === ZIP64_LOCATOR)
    refuse("is packed in a form for huge files");
  if (count === undefined || disk !== 0 || startDisk !== 0 || here !== count) return refuse(DAMAGED);
  if (count === 0) refuse(DAMAGED);
  if (count > MAX_ENTRIES) refuse(`has more than ${MAX_ENTRIES} parts`);
  if (start + size !== end) refuse(DAMAGED);

  const entries: Entry[] = [];
  let at = start;
  for (let index = 0; index < count; index++) {
    if (at + CENTRAL_BYTES > end || view.getUint32(at, true) !== CENTRAL) refuse(DAMAGED);
    const nameEnd = at + CENTRAL_BYTES + view.getUint16(at + 28, true);
    const extraEnd = nameEnd + view.getUint16(at + 30, true);
    const next = extraEnd + view.getUint16(at + 32, true);
    if (next > end || view.getUint16(at + 34, true) !== 0) refuse(DAMAGED);
    checkExtra(view, nameEnd, extraEnd);
    const nameBytes = bytes.subarray(at + CENTRAL_BYTES, nameEnd);
    entries.push({
      name: new TextDecoder().decode(nameBytes),
      nameBytes,
      flags: view.getUint16(at + 8, true),
      method: view.getUint16(at + 10, true),
      packed: view.getUint32(at + 20, true),
      unpacked: view.getUint32(at + 24, true),
      attributes: view.getUint32(at + 38, true),
      at: view.getUint32(at + 42, true),
    });
    at = next;
  }
  if (at !== end) refuse(DAMAGED);
  return { entries, start };
}

function checkName(name: string) {
  const parts = name.split(/[/\\]/);
  if (name === "" || /\p{Cc}/u.test(name)) refuse(DAMAGED);
  if (/^[/\\]|^[a-z]:/i.test(name) || parts.includes("..")) refuse("has a part that points outside of it");
  if (PACKED_NAME.test(name)) refuse(`has another packed file in it (${parts.at(-1)})`);
}

function checkEntry({ name, flags, method, packed, unpacked, attributes }: Entry) {
  checkName(name);
  if (flags & ENCRYPTED) refuse("is protected by a password");
  if (method !== 0 && method !== 8) refuse("is packed in an unusual way");
  // The upper bits are the Unix file type: nothing, a folder or a file; not a link, a device or a pipe.
  if (![0, 4, 8].includes(attributes >>> 28)) refuse("has a link in it");
  if (unpacked > packed * MAX_RATIO)
    refuse(`has a part that unpacks to more than ${MAX_RATIO} times its size`);
  if (method === 0 && packed !== unpacked) refuse(DAMAGED);
}

/** Checks an entry's local header against the directory, and gives where its data ends. */
function endOfEntry(bytes: Uint8Array, view: DataView, entry: Entry, limit: number): number {
  const { at } = entry;
  if (at + LOCAL_BYTES > limit || view.getUint32(at, true) !== LOCAL) return refuse(DAMAGED);
  const nameEnd = at + LOCAL_BYTES + view.getUint16(at + 26, true);
  const dataStart = nameEnd + view.getUint16(at + 28, true);
  const dataEnd = dataStart + entry.packed;
  if (dataEnd > limit) refuse(DAMAGED);
  const flags = view.getUint16(at + 6, true);
  const sizesBehind = (flags & SIZES_BEHIND_DATA) !== 0;
  const same =
    Buffer.compare(bytes.subarray(at + LOCAL_BYTES, nameEnd), entry.nameBytes) === 0 &&
    (flags & ENCRYPTED) === (entry.flags & ENCRYPTED) &&
    view.getUint16(at + 8, true) === entry.method &&
    (sizesBehind ||
      (view.getUint32(at + 18, true) === entry.packed && view.getUint32(at + 22, true) === entry.unpacked));
  if (!same) refuse("describes one of its parts twice");
  if (entry.method === 0) {
    const { kind } = sniff(bytes.subarray(dataStart, Math.min(dataEnd, dataStart + 1024)));
    if (kind === "zip" || kind === "packed") refuse(`has another packed file in it (${entry.name})`);
  }
  return dataEnd;
}

function checkedNames(bytes: Uint8Array): string[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.byteLength < END_BYTES) return refuse(BROKEN_OFF);
  const { entries, start } = centralDirectory(bytes, view);
  for (const entry of entries) checkEntry(entry);
  const unpacked = entries.reduce((sum, entry) => sum + entry.unpacked, 0);
  if (unpacked > MAX_UNPACKED) refuse("unpacks to more than 100 MB");
  if (new Set(entries.map(({ name }) => name.toLowerCase())).size !== entries.length) {
    refuse("describes one of its parts twice");
  }
  // The parts have to lie one behind the other, from the first byte on.
  let free = 0;
  for (const entry of entries.toSorted((a, b) => a.at - b.at)) {
    if (free === 0 && entry.at !== 0) refuse(DAMAGED);
    if (entry.at < free) refuse("has parts that lie over each other");
    free = endOfEntry(bytes, view, entry, start);
  }
  return entries.map(({ name }) => name);
}

/**
 * The names of a ZIP archive's entries, when nothing about it can harm whoever unpacks it. Nothing is unpacked: the
 * directory and the headers tell all that is asked.
 *
 * @returns `problem` ends the sentence "This file ..."
 */
export function zipNames(bytes: Uint8Array): { names: string[] } | { problem: string } {
  try {
    return { names: checkedNames(bytes) };
  } catch (error) {
    if (error instanceof Refusal) return { problem: error.message };
    throw error;
  }
}
