import { eq } from "drizzle-orm";
import type { Ctx } from "../../events/context";
import type { Effect, StoredEvent, Subscriber } from "../../events/subscriber";
import { notify } from "../notifications/notify";
import { users } from "../users/table";
import { candidates, notes } from "./table";

export interface Mentionable {
  id: string;
  /** As it is written behind the @. */
  name: string;
}

const oneSpace = (text: string) => text.replace(/\s+/g, " ").toLocaleLowerCase("en");
/** What may stand before an @ that names somebody: in `kim@cruz.test` it doesn't. */
const BEFORE = /[\p{L}\p{N}._%+-]$/u;
const GOES_ON = /^[\p{L}\p{N}]/u;

/**
 * The people that a text names by `@First Last`, in any case: at each @ the longest name that fits, and
 * everybody who has it.
 *
 * @returns their ids in the order of the text, each once
 */
export function mentionsIn(text: string, people: readonly Mentionable[]): string[] {
  const words = oneSpace(text);
  const named = people
    .map(({ id, name }) => ({ id, name: oneSpace(name.trim()) }))
    .filter(({ name }) => name !== "");
  const found = new Set<string>();
  for (let at = words.indexOf("@"); at >= 0; at = words.indexOf("@", at + 1)) {
    if (BEFORE.test(words.slice(Math.max(0, at - 2), at))) continue;
    const rest = words.slice(at + 1);
    const fitting = named.filter(
      ({ name }) => rest.startsWith(name) && !GOES_ON.test(rest.slice(name.length)),
    );
    const longest = Math.max(0, ...fitting.map(({ name }) => name.length));
    for (const { id, name } of fitting) if (name.length === longest) found.add(id);
  }
  return [...found];
}

/** The part of a note that a notification shows, in characters. */
const SHOWN = 200;

/** Tells people of the team that a note names them. */
export const mentionNotices: Subscriber = {
  name: "mention-notices",
  types: ["note.added", "note.updated"],
  handle: tellMentioned,
};

async function tellMentioned(ctx: Ctx, event: StoredEvent): Promise<Effect | null> {
  const { noteId, candidateId } = event.data as { noteId: string; candidateId: string };
  // Those that this version of the note names for the first time.
  const { mentions = [] } = event.detail as { mentions?: string[] };
  const told = mentions.filter((userId) => userId !== event.actorId);
  if (told.length === 0) return null;
  const [found, people, authors] = await ctx.db.read(
    ctx.db.rows(notes, { where: eq(notes.id, noteId) }),
    ctx.db.rows(candidates, { where: eq(candidates.id, candidateId) }),
    ctx.db.rows(users, { where: eq(users.id, event.actorId ?? "") }),
  );
  const [note, person, author] = [found[0], people[0], authors[0]];
  if (!note || !person) return null;
  const nameOf = (one: { firstName: string; lastName: string }) => `${one.firstName} ${one.lastName}`.trim();
  const who = author ? nameOf(author) : "Somebody";
  const noticed = notify(
    ctx,
    told.map((userId) => ({
      userId,
      type: "mention",
      title: `${who} mentioned you in a note about ${nameOf(person)}`,
      message: note.text.length > SHOWN ? `${note.text.slice(0, SHOWN - 1).trimEnd()}…` : note.text,
      entityType: "candidate",
      entityId: candidateId,
      eventSeq: event.seq,
    })),
  );
  return { writes: noticed.writes, events: noticed.events };
}
