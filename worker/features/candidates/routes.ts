import type { Context } from "hono";
import { Hono } from "hono";
import { answer, answerOne, answerRead } from "../../http/answer";
import { ctxFor, type Endpoint, endpoint } from "../../http/endpoint";
import type { HttpEnv } from "../../http/types";
import { body, ifMatch, query } from "../../http/validate";
import { contentDisposition } from "../documents/inspect";
import { getCandidate, listCandidates } from "./candidates";
import { createCandidate } from "./create";
import { type Download, exportCandidates, exportFailures } from "./export";
import { getImport, startImport } from "./import";
import { readImport } from "./import-body";
import { addNote, changeNote, listNotes, removeNote } from "./notes";
import { removeCandidate } from "./remove";
import {
  CandidateChange,
  CandidateDetail,
  CandidateListQuery,
  CandidatePage,
  CandidateTimeline,
  CandidateTimelineQuery,
  ExportQuery,
  ImportAccepted,
  ImportReport,
  NewCandidate,
  NewNote,
  Note,
  NoteChange,
  NotePage,
  NoteQuery,
  SelectionResult,
} from "./schema";
import { sendSelection } from "./selection";
import { getCandidateTimeline } from "./timeline";
import { updateCandidate } from "./update";

const tag = "Candidates";

function download(c: Context<HttpEnv>, { fileName, contentType, body: stream }: Download): Response {
  c.header("content-type", contentType);
  c.header("content-disposition", contentDisposition(fileName));
  return c.body(stream, 200);
}

const change: Endpoint = {
  summary: "Change the sent fields of a candidate",
  tag,
  who: "candidate.write",
  answers: { 200: CandidateDetail },
  errors: [404, 409, 412, 422],
};

/** Routes of whole files stand before those of one candidate, whose id would match their names. */
const files = new Hono<HttpEnv>()
  .post(
    "/import",
    endpoint({
      summary: "Take in a CSV file or a JSON array of people; a known e-mail address updates",
      tag,
      who: "candidate.import",
      answers: { 200: ImportReport, 202: ImportAccepted },
      errors: [400, 413, 415, 422],
      files: ["mapping", "dryRun"],
    }),
    async (c) => {
      const upload = await readImport(c);
      return await answer(
        c,
        ctxFor(c),
        (ctx) => startImport(ctx, upload),
        (started) =>
          "report" in started
            ? { status: 200, body: started.report }
            : { status: 202, body: started, location: `/api/candidates/imports/${started.importId}` },
      );
    },
  )
  .get(
    "/imports/:id",
    endpoint({
      summary: "How far an import is, and the rows that could not be taken",
      tag,
      who: "candidate.import",
      answers: { 200: ImportReport },
      errors: [404],
    }),
    async (c) => answerRead(c, await getImport(ctxFor(c), c.req.param("id"))),
  )
  .get(
    "/imports/:id/errors.csv",
    endpoint({
      summary: "The rows that could not be taken, to be mended and sent again",
      tag,
      who: "candidate.import",
      answers: { 200: null },
      errors: [404],
    }),
    async (c) => download(c, await exportFailures(ctxFor(c), c.req.param("id"))),
  )
  .get(
    "/export",
    endpoint({
      summary: "Candidates as a CSV or JSON file",
      tag,
      who: "candidate.export",
      answers: { 200: null },
      errors: [422],
    }),
    query(ExportQuery),
    async (c) => download(c, await exportCandidates(ctxFor(c), c.req.valid("query"))),
  );

const notes = new Hono<HttpEnv>()
  .get(
    "/:id/notes",
    endpoint({
      summary: "Notes of the team about a candidate",
      tag,
      who: "candidate.read",
      answers: { 200: NotePage },
      errors: [404, 422],
    }),
    query(NoteQuery),
    async (c) => answerRead(c, await listNotes(ctxFor(c), c.req.param("id"), c.req.valid("query"))),
  )
  .post(
    "/:id/notes",
    endpoint({
      summary: "Write a note; @First Last tells somebody of the team",
      tag,
      who: "candidate.write",
      answers: { 201: Note },
      errors: [404, 422],
    }),
    body(NewNote),
    (c) => {
      const id = c.req.param("id");
      return answer(
        c,
        ctxFor(c),
        (ctx) => addNote(ctx, id, c.req.valid("json")),
        (note) => ({
          status: 201,
          body: note,
          location: `/api/candidates/${id}/notes`,
          version: note.version,
        }),
      );
    },
  )
  .patch(
    "/:id/notes/:noteId",
    endpoint({
      summary: "Change the words of an own note; admins of any",
      tag,
      who: "candidate.write",
      answers: { 200: Note },
      errors: [404, 409, 412, 422],
    }),
    body(NoteChange),
    async (c) => {
      const { id, noteId } = c.req.param();
      const note = await changeNote(ctxFor(c), id, noteId, c.req.valid("json").text, ifMatch(c));
      c.header("etag", `"${note.version}"`);
      return c.json(note);
    },
  )
  .delete(
    "/:id/notes/:noteId",
    endpoint({
      summary: "Take an own note back; admins any",
      tag,
      who: "candidate.write",
      answers: { 204: null },
      errors: [404],
    }),
    async (c) => {
      const { id, noteId } = c.req.param();
      await removeNote(ctxFor(c), id, noteId);
      return c.body(null, 204);
    },
  );

export const candidatesRoutes = new Hono<HttpEnv>()
  .get(
    "/",
    endpoint({
      summary: "Candidates, by words, status, skills or tag",
      tag,
      who: "candidate.read",
      answers: { 200: CandidatePage },
      errors: [422],
    }),
    query(CandidateListQuery),
    async (c) => answerRead(c, await listCandidates(ctxFor(c), c.req.valid("query"))),
  )
  .post(
    "/",
    endpoint({
      summary: "Add a candidate",
      tag,
      who: "candidate.write",
      answers: { 201: CandidateDetail },
      errors: [409, 422],
    }),
    body(NewCandidate),
    (c) =>
      answer(
        c,
        ctxFor(c),
        (ctx) => createCandidate(ctx, c.req.valid("json")),
        (made) => ({
          status: 201,
          body: made,
          location: `/api/candidates/${made.id}`,
          version: made.version,
        }),
      ),
  )
  .route("/", files)
  .route("/", notes)
  .get(
    "/:id",
    endpoint({
      summary: "One candidate, with where they stand",
      tag,
      who: "candidate.read",
      answers: { 200: CandidateDetail },
      errors: [404],
    }),
    async (c) => answerOne(c, await getCandidate(ctxFor(c), c.req.param("id"))),
  )
  .put("/:id", endpoint(change), body(CandidateChange), (c) => changed(c, c.req.valid("json")))
  .patch("/:id", endpoint(change), body(CandidateChange), (c) => changed(c, c.req.valid("json")))
  .delete(
    "/:id",
    endpoint({
      summary: "Remove a candidate with their applications, notes and documents",
      tag,
      who: "candidate.write",
      answers: { 204: null },
      errors: [404, 409],
    }),
    async (c) => {
      await removeCandidate(ctxFor(c), c.req.param("id"));
      return c.body(null, 204);
    },
  )
  .get(
    "/:id/timeline",
    endpoint({
      summary: "Everything that happened to a candidate",
      tag,
      who: "candidate.read",
      answers: { 200: CandidateTimeline },
      errors: [404, 422],
    }),
    query(CandidateTimelineQuery),
    async (c) =>
      answerRead(c, await getCandidateTimeline(ctxFor(c), c.req.param("id"), c.req.valid("query"))),
  )
  .post(
    "/:id/send-selection-notification",
    endpoint({
      summary: "Tell somebody that they were chosen, with a login for the portal where they have none",
      tag,
      who: "candidate.write",
      answers: { 200: SelectionResult },
      errors: [404, 409],
    }),
    (c) =>
      answer(
        c,
        ctxFor(c),
        (ctx) => sendSelection(ctx, c.req.param("id")),
        (result) => ({ status: 200, body: result }),
      ),
  );

async function changed(c: Context<HttpEnv>, fields: CandidateChange): Promise<Response> {
  return answerOne(c, await updateCandidate(ctxFor(c), c.req.param("id") ?? "", fields, ifMatch(c)));
}
