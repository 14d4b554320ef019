import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  base64url,
  deriveKey,
  equalBytes,
  fromBase64url,
  hmacSha256,
  KeyError,
  open,
  openJson,
  seal,
  sealJson,
  sha256Hex,
} from "./keys";

const MASTER = Buffer.from(new Uint8Array(32).fill(7)).toString("base64");
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

describe("deriveKey", () => {
  it("is HKDF-SHA-256 with an empty salt", async () => {
    // From: openssl kdf -keylen 32 -kdfopt digest:SHA256 -kdfopt hexkey:0707..07 -kdfopt info:cursor-1 HKDF
    expect(hex(await deriveKey(MASTER, "cursor-1"))).toBe(
      "b851006143dfa2d4584989c464cc50780cc6d00339fe8f0cdbd0b01ab0a1b99f",
    );
  });

  it("gives another key for another purpose, length or root, and the same one again", async () => {
    const key = await deriveKey(MASTER, "cursor-1");
    const other = Buffer.from(new Uint8Array(32).fill(8)).toString("base64");
    expect(await deriveKey(MASTER, "cursor-1")).toEqual(key);
    expect(await deriveKey(MASTER, "cursor-2")).not.toEqual(key);
    expect(await deriveKey(other, "cursor-1")).not.toEqual(key);
    expect((await deriveKey(MASTER, "cursor-1", 16)).byteLength).toBe(16);
  });

  it("is not changed by what a caller does to its copy", async () => {
    const key = await deriveKey(MASTER, "copy-1");
    const before = hex(key);
    key.fill(0);
    expect(hex(await deriveKey(MASTER, "copy-1"))).toBe(before);
  });

  it.each([
    ["missing", undefined],
    ["empty", ""],
    ["blank", "  \n"],
    ["16 bytes", Buffer.alloc(16).toString("base64")],
    ["33 bytes", Buffer.alloc(33).toString("base64")],
    ["64 bytes", Buffer.alloc(64).toString("base64")],
    ["hexadecimal", "07".repeat(32)],
    ["not base64", `${"!".repeat(43)}=`],
  ])("stops when the root key is %s", async (_, master) => {
    await expect(deriveKey(master as string, "cursor-1")).rejects.toThrow(KeyError);
    await expect(deriveKey(master as string, "cursor-1")).rejects.toThrow(/PORTICO_KEY/);
  });

  it("takes a root key with a newline behind it, and in the other alphabet", async () => {
    const bytes = new Uint8Array(32).fill(0xfb);
    const key = await deriveKey(Buffer.from(bytes).toString("base64"), "x-1");
    expect(await deriveKey(`${Buffer.from(bytes).toString("base64")}\n`, "x-1")).toEqual(key);
    expect(await deriveKey(base64url(bytes), "x-1")).toEqual(key);
  });
});

describe("hashes", () => {
  it("match published vectors", async () => {
    // FIPS 180-2, "abc"; RFC 4231, test case 2.
    expect(await sha256Hex("abc")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    expect(hex(await hmacSha256(new TextEncoder().encode("Jefe"), "what do ya want for nothing?"))).toBe(
      "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
    );
  });
});

describe("base64url", () => {
  it("reads back what it wrote", () => {
    fc.assert(fc.property(fc.uint8Array(), (bytes) => hex(fromBase64url(base64url(bytes))) === hex(bytes)));
  });

  it.each(["A", "AB", "AA==", "AA+A", "AA/A", "AA A", "AAA\n", "é"])(
    "refuses %j, which it never writes",
    (text) => {
      expect(() => fromBase64url(text)).toThrow("not base64url");
    },
  );
});

describe("equalBytes", () => {
  it.each([
    [[], [], true],
    [[1, 2], [1, 2], true],
    [[1, 2], [1, 3], false],
    [[1, 2], [1, 2, 3], false],
  ])("%j, %j: %j", (a, b, equal) => {
    expect(equalBytes(Uint8Array.from(a), Uint8Array.from(b))).toBe(equal);
  });
});

describe("seal and open", () => {
  const key = new Uint8Array(32).fill(1);

  it("give back any text, each time sealed differently", async () => {
    for (const plain of ["", "secret", "\ufeffwith a mark", "éß漢字😀"]) {
      const sealed = await seal(key, plain, "org/row/field");
      expect(await open(key, sealed, "org/row/field")).toBe(plain);
      expect(await seal(key, plain, "org/row/field")).not.toBe(sealed);
    }
    expect(await openJson(key, await sealJson(key, { a: [1, null] }, "x"), "x")).toEqual({ a: [1, null] });
  });

  it("refuse another key, another place and any changed byte", async () => {
    const sealed = await seal(key, "secret", "org/row/field");
    await expect(open(new Uint8Array(32).fill(2), sealed, "org/row/field")).rejects.toThrow(
      "can't be opened",
    );
    await expect(open(key, sealed, "org/row/other")).rejects.toThrow("can't be opened");
    const bytes = fromBase64url(sealed);
    for (let i = 0; i < bytes.byteLength; i++) {
      const changed = bytes.slice();
      changed[i] = (changed[i] ?? 0) ^ 1;
      await expect(open(key, base64url(changed), "org/row/field")).rejects.toThrow("can't be opened");
      await expect(open(key, base64url(bytes.slice(0, i)), "org/row/field")).rejects.toThrow(
        "can't be opened",
      );
    }
    await expect(open(key, "not base64url!", "org/row/field")).rejects.toThrow("can't be opened");
  });

  it("take 32-byte keys only", async () => {
    await expect(seal(new Uint8Array(16), "secret", "x")).rejects.toThrow(KeyError);
    await expect(open(new Uint8Array(16), "AAAA", "x")).rejects.toThrow(KeyError);
  });
});
