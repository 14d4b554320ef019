import { Hono } from "hono";
import { answer, answerRead } from "../../http/answer";
import { ctxFor, endpoint } from "../../http/endpoint";
import { problem } from "../../http/problems";
import type { HttpEnv } from "../../http/types";
import { body, ifMatch, query } from "../../http/validate";
import { DomainError } from "../../lib/errors";
import { getContent, getDocument, listDocuments } from "./documents";
import { fileHeaders } from "./file-headers";
import { askForDocument, listRequests } from "./requests";
import { deleteDocument, reviewDocument } from "./review";
import {
  Document,
  DocumentListQuery,
  DocumentPage,
  DocumentRequest,
  DocumentRequestPage,
  DocumentRequestQuery,
  DocumentReview,
  DocumentType,
  DocumentTypeChange,
  DocumentTypePage,
  NewDocumentRequest,
  NewDocumentType,
} from "./schema";
import { getTemplate, removeTemplate, setTemplate } from "./template";
import { addType, changeType, getTypes } from "./types";
import { uploadDocument } from "./upload";
import { readFormFile, readUpload } from "./upload-body";

const tag = "Documents";

export const documentsRoutes = new Hono<HttpEnv>()
  .post(
    "/upload",
    endpoint({
      summary: "Upload a document, as a form or as the raw file with its name and type in the address",
      tag,
      who: "document.upload",
      answers: { 201: Document },
      errors: [404, 409, 413, 415, 422],
      files: true,
    }),
    async (c) => {
      const upload = await readUpload(c);
      return await answer(
        c,
        ctxFor(c),
        (ctx) => uploadDocument(ctx, upload),
        (document) => ({
          status: 201,
          body: document,
          location: `/api/documents/${document.id}`,
          version: document.version,
        }),
      );
    },
  )
  .get(
    "/",
    endpoint({
      summary: "Documents that I may see, the newest first",
      tag,
      who: "document.read",
      answers: { 200: DocumentPage },
      errors: [422],
    }),
    query(DocumentListQuery),
    async (c) => answerRead(c, await listDocuments(ctxFor(c), c.req.valid("query"))),
  )
  .get(
    "/requests",
    endpoint({
      summary: "Documents that people were asked for",
      tag,
      who: "document.requests.read",
      answers: { 200: DocumentRequestPage },
      errors: [422],
    }),
    query(DocumentRequestQuery),
    async (c) => answerRead(c, await listRequests(ctxFor(c), c.req.valid("query"))),
  )
  .post(
    "/requests",
    endpoint({
      summary: "Ask somebody for a document",
      tag,
      who: "document.request",
      answers: { 201: DocumentRequest },
      errors: [404, 422],
    }),
    body(NewDocumentRequest),
    (c) =>
      answer(
        c,
        ctxFor(c),
        (ctx) => askForDocument(ctx, c.req.valid("json")),
        (request) => ({ status: 201, body: request, location: "/api/documents/requests" }),
      ),
  )
  .get(
    "/types",
    endpoint({
      summary: "Document types",
      tag,
      who: "document.types.read",
      answers: { 200: DocumentTypePage },
    }),
    async (c) => answerRead(c, { data: await getTypes(ctxFor(c)), nextCursor: null }),
  )
  .post(
    "/types",
    endpoint({
      summary: "Add a document type",
      tag,
      who: "document.types.write",
      answers: { 201: DocumentType },
      errors: [409, 422],
    }),
    body(NewDocumentType),
    (c) =>
      answer(
        c,
        ctxFor(c),
        (ctx) => addType(ctx, c.req.valid("json")),
        (type) => ({ status: 201, body: type, location: "/api/documents/types" }),
      ),
  )
  .patch(
    "/types",
    endpoint({
      summary: "Change the document type with this key",
      tag,
      who: "document.types.write",
      answers: { 200: DocumentType },
      errors: [404, 422],
    }),
    body(DocumentTypeChange),
    async (c) => c.json(await changeType(ctxFor(c), c.req.valid("json"))),
  )
  .post(
    "/types/:key/template",
    endpoint({
      summary: "Give a document type a file to fill in, in the place of the one it has",
      tag,
      who: "document.types.write",
      answers: { 200: DocumentType },
      errors: [404, 413, 415, 422],
      files: [],
    }),
    async (c) => {
      const file = await readFormFile(c);
      return await answer(
        c,
        ctxFor(c),
        (ctx) => setTemplate(ctx, c.req.param("key"), file),
        (type) => ({ status: 200, body: type }),
      );
    },
  )
  .get(
    "/types/:key/template",
    endpoint({
      summary: "The file to fill in of a document type",
      tag,
      who: "session",
      answers: { 200: null },
      errors: [404],
    }),
    async (c) => {
      const { file, object } = await getTemplate(ctxFor(c), c.req.param("key"));
      const headers = new Headers({ ...fileHeaders(file, object.size), etag: object.httpEtag });
      return new Response(object.body, { status: 200, headers });
    },
  )
  .delete(
    "/types/:key/template",
    endpoint({
      summary: "Take the file to fill in of a document type away",
      tag,
      who: "document.types.write",
      answers: { 204: null },
      errors: [404],
    }),
    async (c) => {
      await removeTemplate(ctxFor(c), c.req.param("key"));
      return c.body(null, 204);
    },
  )
  .get(
    "/:id",
    endpoint({
      summary: "One document",
      tag,
      who: "document.read",
      answers: { 200: Document },
      errors: [404],
    }),
    async (c) => {
      const document = await getDocument(ctxFor(c), c.req.param("id"));
      c.header("etag", `"${document.version}"`);
      return c.json(document);
    },
  )
  .get(
    "/:id/content",
    endpoint({
      summary: "The file itself, or a range of it",
      tag,
      who: "document.read",
      answers: { 200: null, 206: null },
      errors: [404, 416],
    }),
    async (c) => {
      const { row, part, object } = await getContent(ctxFor(c), c.req.param("id"), c.req.header("range"));
      if (part === "beyond") {
        const refusal = problem(c, new DomainError("beyond-the-end", `This file has ${row.size} bytes.`));
        refusal.headers.set("content-range", `bytes */${row.size}`);
        return refusal;
      }
      const headers = new Headers({
        ...fileHeaders(row, part?.length ?? row.size),
        "accept-ranges": "bytes",
        etag: object.httpEtag,
      });
      if (!part) return new Response(object.body, { status: 200, headers });
      headers.set("content-range", `bytes ${part.offset}-${part.offset + part.length - 1}/${row.size}`);
      return new Response(object.body, { status: 206, headers });
    },
  )
  .put(
    "/:id/status",
    endpoint({
      summary: "Approve a document, or reject it with a reason",
      tag,
      who: "document.review",
      answers: { 200: Document },
      errors: [404, 409, 412, 422],
    }),
    body(DocumentReview),
    async (c) => {
      const document = await reviewDocument(ctxFor(c), c.req.param("id"), c.req.valid("json"), ifMatch(c));
      c.header("etag", `"${document.version}"`);
      return c.json(document);
    },
  )
  .delete(
    "/:id",
    endpoint({
      summary: "Take a document back while it is pending; admins at any time",
      tag,
      who: "document.delete",
      answers: { 204: null },
      errors: [404, 409],
    }),
    async (c) => {
      await deleteDocument(ctxFor(c), c.req.param("id"));
      return c.body(null, 204);
    },
  );

/** What somebody who uploads may say that a document is; the team's own list has a route with more rights. */
export const meDocumentTypes = new Hono<HttpEnv>().get(
  "/",
  endpoint({
    summary: "Document types that I can upload",
    tag,
    who: "document.upload",
    answers: { 200: DocumentTypePage },
  }),
  async (c) => answerRead(c, { data: await getTypes(ctxFor(c)), nextCursor: null }),
);
