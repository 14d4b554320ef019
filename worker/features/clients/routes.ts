import type { Context } from "hono";
import { Hono } from "hono";
import { answer, answerOne, answerRead } from "../../http/answer";
import { ctxFor, type Endpoint, endpoint } from "../../http/endpoint";
import type { HttpEnv } from "../../http/types";
import { body, ifMatch, query } from "../../http/validate";
import { createClient, deleteClient, updateClient } from "./change";
import {
  addClientUser,
  getClientUser,
  listClientUsers,
  removeClientUser,
  updateClientUser,
} from "./client-users";
import { getClient, listClients } from "./clients";
import {
  Client,
  ClientChange,
  ClientListQuery,
  ClientPage,
  ClientUser,
  ClientUserChange,
  ClientUserPage,
  ClientUserQuery,
  NewClient,
  NewClientUser,
} from "./schema";

const tag = "Clients";
const CHANGE: Endpoint = {
  summary: "Change the sent fields of a client",
  tag,
  who: "client.write",
  answers: { 200: Client },
  errors: [404, 409, 412, 422],
};

async function change(c: Context<HttpEnv>, id: string, fields: ClientChange): Promise<Response> {
  const client = await updateClient(ctxFor(c), id, fields, ifMatch(c));
  c.header("etag", `"${client.version}"`);
  return c.json(client);
}

export const clientsRoutes = new Hono<HttpEnv>()
  .get(
    "/",
    endpoint({
      summary: "Companies that are hired for",
      tag,
      who: "client.read",
      answers: { 200: ClientPage },
      errors: [404, 422],
    }),
    query(ClientListQuery),
    async (c) => answerRead(c, await listClients(ctxFor(c), c.req.valid("query"))),
  )
  .post(
    "/",
    endpoint({
      summary: "Add a client",
      tag,
      who: "client.write",
      answers: { 201: Client },
      errors: [422],
    }),
    body(NewClient),
    (c) =>
      answer(
        c,
        ctxFor(c),
        (ctx) => createClient(ctx, c.req.valid("json")),
        (made) => ({ status: 201, body: made, location: `/api/clients/${made.id}`, version: made.version }),
      ),
  )
  .get(
    "/:id",
    endpoint({ summary: "One client", tag, who: "client.read", answers: { 200: Client }, errors: [404] }),
    async (c) => answerOne(c, await getClient(ctxFor(c), c.req.param("id"))),
  )
  .put("/:id", endpoint(CHANGE), body(ClientChange), (c) => change(c, c.req.param("id"), c.req.valid("json")))
  .patch("/:id", endpoint(CHANGE), body(ClientChange), (c) =>
    change(c, c.req.param("id"), c.req.valid("json")),
  )
  .delete(
    "/:id",
    endpoint({
      summary: "Remove a client that never had a job",
      tag,
      who: "client.write",
      answers: { 204: null },
      errors: [404, 409, 412],
    }),
    async (c) => {
      await deleteClient(ctxFor(c), c.req.param("id"), ifMatch(c));
      return c.body(null, 204);
    },
  )
  .get(
    "/:id/users",
    endpoint({
      summary: "People of a client who can log in",
      tag,
      who: "client.users",
      answers: { 200: ClientUserPage },
      errors: [404, 422],
    }),
    query(ClientUserQuery),
    async (c) => answerRead(c, await listClientUsers(ctxFor(c), c.req.param("id"), c.req.valid("query"))),
  )
  .post(
    "/:id/users",
    endpoint({
      summary: "Let somebody of a client in, by password or by invitation",
      tag,
      who: "client.users",
      answers: { 201: ClientUser },
      errors: [404, 409, 422],
    }),
    body(NewClientUser),
    (c) =>
      answer(
        c,
        ctxFor(c),
        (ctx) => addClientUser(ctx, c.req.param("id"), c.req.valid("json")),
        (made) => ({
          status: 201,
          body: made,
          location: `/api/clients/${made.clientId}/users/${encodeURIComponent(made.email)}`,
          version: made.version,
        }),
      ),
  )
  .get(
    "/:id/users/:email",
    endpoint({
      summary: "One account of a client",
      tag,
      who: "client.users",
      answers: { 200: ClientUser },
      errors: [404],
    }),
    async (c) => {
      const user = await getClientUser(ctxFor(c), c.req.param("id"), c.req.param("email"));
      c.header("etag", `"${user.version}"`);
      return c.json(user);
    },
  )
  .put(
    "/:id/users/:email",
    endpoint({
      summary: "Change an account of a client: name, phone, disabled or not",
      tag,
      who: "client.users",
      answers: { 200: ClientUser },
      errors: [404, 409, 412, 422],
    }),
    body(ClientUserChange),
    async (c) => {
      const { id, email } = c.req.param();
      const user = await updateClientUser(ctxFor(c), id, email, c.req.valid("json"), ifMatch(c));
      c.header("etag", `"${user.version}"`);
      return c.json(user);
    },
  )
  .delete(
    "/:id/users/:email",
    endpoint({
      summary: "Disable an account of a client",
      tag,
      who: "client.users",
      answers: { 204: null },
      errors: [404, 409],
    }),
    async (c) => {
      await removeClientUser(ctxFor(c), c.req.param("id"), c.req.param("email"));
      return c.body(null, 204);
    },
  );
