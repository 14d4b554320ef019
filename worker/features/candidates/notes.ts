import { and, desc, eq, inArray, isNull, lt, sql } from "drizzle-orm";
import type { z } from "zod";
import { page, readCursor } from "../../db/cursor";
import type { RowOf } from "../../db/database";
import { commit, event, onceMore } from "../../events/commit";
import { type Ctx, userOf } from "../../events/context";
import { iso } from "../../lib/clock";
import { DomainError, notFound, outdated } from "../../lib/errors";
import { newId } from "../../lib/ids";
import { applications } from "../pipelines/table";
import { users } from "../users/table";
import { mentionsIn } from "./mentions";
import type { NewNote, Note, NoteQuery } from "./schema";
import { candidates, notes } from "./table";

const NOTE = {
  id: notes.id,
  candidateId: notes.candidateId,
  applicationId: notes.applicationId,
  internal: notes.internal,
  text: notes.text,
  authorId: notes.authorId,
  firstName: users.firstName,
  lastName: users.lastName,
  mentions: notes.mentions,
  version: notes.version,
  createdAt: notes.createdAt,
  updatedAt: notes.updatedAt,
};

function selectNotes(ctx: Ctx, where: ReturnType<typeof and>, limit: number) {
  return ctx.db.select(NOTE, notes, {
    where,
    orderBy: desc(notes.id),
    limit,
    join: [{ table: users, on: eq(users.id, notes.authorId), left: true }],
  });
}
type NoteRow = Omit<RowOf<typeof selectNotes>, "firstName" | "lastName"> & {
  firstName: string | null;
  lastName: string | null;
};

function present(row: NoteRow): Note {
  const { firstName, lastName, createdAt, updatedAt, ...fields } = row;
  return {
    ...fields,
    authorName: `${firstName ?? ""} ${lastName ?? ""}`.trim() || "Somebody",
    createdAt: iso(createdAt),
    updatedAt: iso(updatedAt),
  };
}

/** Notes about somebody, the newest first. @throws DomainError `not-found` */
export async function listNotes(ctx: Ctx, candidateId: string, query: z.infer<typeof NoteQuery>) {
  const { limit, cursor, applicationId } = query;
  const scope = { list: "notes", orgId: ctx.orgId, filters: { candidateId, applicationId } };
  const after = await readCursor(ctx.env, scope, cursor);
  const [found, rows] = await ctx.db.read(
    ctx.db.select({ id: candidates.id }, candidates, { where: eq(candidates.id, candidateId) }),
    selectNotes(
      ctx,
      and(
        eq(notes.candidateId, candidateId),
        applicationId ? eq(notes.applicationId, applicationId) : undefined,
        after ? lt(notes.id, after[0] as string) : undefined,
      ),
      limit + 1,
    ),
  );
  if (!found[0]) throw notFound("candidate");
  return await page(ctx.env, scope, rows as NoteRow[], limit, (row) => [row.id], present);
}

/** Admins and recruiters who can log in: whom a note can name. */
function selectTeam(ctx: Ctx) {
  return ctx.db.select({ id: users.id, firstName: users.firstName, lastName: users.lastName }, users, {
    where: and(inArray(users.role, ["admin", "recruiter"]), isNull(users.disabledAt)),
  });
}
const withNames = (team: RowOf<typeof selectTeam>[]) =>
  team.map(({ id, firstName, lastName }) => ({ id, name: `${firstName} ${lastName}`.trim() }));

function selectApplication(ctx: Ctx, candidateId: string, applicationId: string | null) {
  return ctx.db.select(
    { id: applications.id, pipelineId: applications.pipelineId, shared: applications.sharedWithClient },
    applications,
    { where: and(eq(applications.id, applicationId ?? ""), eq(applications.candidateId, candidateId)) },
  );
}

/** Writes a note about somebody, or about one of their applications. @throws DomainError `not-found` */
export async function addNote(ctx: Ctx, candidateId: string, input: NewNote): Promise<Note> {
  const author = userOf(ctx);
  const [found, own, team] = await ctx.db.read(
    ctx.db.select({ id: candidates.id }, candidates, { where: eq(candidates.id, candidateId) }),
    selectApplication(ctx, candidateId, input.applicationId ?? null),
    selectTeam(ctx),
  );
  if (!found[0]) throw notFound("candidate");
  const application = own[0];
  if (input.applicationId !== undefined && !application) throw notFound("application");
  const at = ctx.now();
  const me = team.find(({ id }) => id === author.id);
  const row: NoteRow = {
    id: newId("note", at),
    candidateId,
    applicationId: application?.id ?? null,
    internal: input.internal,
    text: input.text,
    authorId: author.id,
    firstName: me?.firstName ?? null,
    lastName: me?.lastName ?? null,
    mentions: mentionsIn(input.text, withNames(team)),
    version: 1,
    createdAt: at,
    updatedAt: at,
  };
  const { firstName: _first, lastName: _last, ...stored } = row;
  return await commit(ctx, {
    id: newId("chg", at),
    writes: [ctx.db.insert(notes, stored)],
    events: [
      event({
        type: "note.added",
        entity: { type: "candidate", id: candidateId },
        pipelineId: application?.pipelineId ?? null,
        forClient: !input.internal && application?.shared === true,
        data: { noteId: row.id, candidateId, ...(application ? { applicationId: application.id } : {}) },
        detail: { mentions: row.mentions },
      }),
    ],
    audit: [
      {
        action: "NOTE_CREATE",
        entity: { type: "note", id: row.id },
        metadata: { candidateId, ...(application ? { applicationId: application.id } : {}) },
      },
    ],
    result: present(row),
  });
}

/** A note that the caller may change: their own, or as an admin any. */
function mine(ctx: Ctx, rows: NoteRow[]): NoteRow {
  const row = rows[0];
  if (!row) throw notFound("note");
  const actor = userOf(ctx);
  if (actor.role !== "admin" && row.authorId !== actor.id) {
    throw new DomainError("denied", "Only who wrote a note, or an admin, changes it or takes it back.");
  }
  return row;
}

const noteOf = (candidateId: string, noteId: string) =>
  and(eq(notes.id, noteId), eq(notes.candidateId, candidateId));

/**
 * Changes the words of a note. People whom it names now and did not before are told.
 * @throws DomainError `not-found`, `denied` for somebody else's, `outdated`, `conflict`
 */
export async function changeNote(
  ctx: Ctx,
  candidateId: string,
  noteId: string,
  text: string,
  ifVersion?: number,
): Promise<Note> {
  const current = async () => {
    const [rows] = await ctx.db.read(selectNotes(ctx, noteOf(candidateId, noteId), 1));
    return rows[0] ? present(rows[0] as NoteRow) : undefined;
  };
  return await onceMore(async () => {
    const [rows, team, places] = await ctx.db.read(
      selectNotes(ctx, noteOf(candidateId, noteId), 1),
      selectTeam(ctx),
      ctx.db.select({ pipelineId: applications.pipelineId }, applications, {
        // The application that the note is about, which is not known before the note is.
        where: sql`${applications.id} = (select application_id from ${notes}
          where org_id = ${ctx.orgId} and id = ${noteId})`,
      }),
    );
    const row = mine(ctx, rows as NoteRow[]);
    if (ifVersion !== undefined && ifVersion !== row.version) throw outdated(present(row));
    if (row.text === text) return present(row);
    const at = ctx.now();
    const changeId = newId("chg", at);
    const mentions = mentionsIn(text, withNames(team));
    const next = { text, mentions, version: row.version + 1, updatedAt: at };
    return await commit(ctx, {
      id: changeId,
      won: { table: notes, id: noteId },
      writes: [
        ctx.db.update(
          notes,
          { ...next, changeId },
          and(eq(notes.id, noteId), eq(notes.version, row.version)),
        ),
      ],
      events: [
        event({
          type: "note.updated",
          entity: { type: "candidate", id: candidateId },
          pipelineId: places[0]?.pipelineId ?? null,
          data: { noteId, candidateId, ...(row.applicationId ? { applicationId: row.applicationId } : {}) },
          detail: { mentions: mentions.filter((id) => !row.mentions.includes(id)) },
        }),
      ],
      audit: [{ action: "NOTE_UPDATE", entity: { type: "note", id: noteId }, metadata: { candidateId } }],
      result: present({ ...row, ...next }),
    });
  }, current);
}

/** Takes a note back. @throws DomainError `not-found`, `denied` for somebody else's */
export async function removeNote(ctx: Ctx, candidateId: string, noteId: string): Promise<void> {
  const [rows] = await ctx.db.read(selectNotes(ctx, noteOf(candidateId, noteId), 1));
  mine(ctx, rows as NoteRow[]);
  await commit(ctx, {
    id: newId("chg", ctx.now()),
    writes: [ctx.db.delete(notes, eq(notes.id, noteId))],
    audit: [{ action: "NOTE_DELETE", entity: { type: "note", id: noteId }, metadata: { candidateId } }],
    result: null,
  });
}
