import { Hono } from "hono";
import { answer, answerRead } from "../../http/answer";
import { ctxFor, endpoint } from "../../http/endpoint";
import type { HttpEnv } from "../../http/types";
import { body, ifMatch, query } from "../../http/validate";
import { Colleagues, NewUser, User, UserChange, UserListQuery, UserPage } from "./schema";
import { createUser, getUser, listColleagues, listUsers, removeUser, updateUser } from "./users";

const tag = "Users";
const who = "user.manage";

export const usersRoutes = new Hono<HttpEnv>()
  .get(
    "/",
    endpoint({ summary: "The team", tag, who, answers: { 200: UserPage }, errors: [422] }),
    query(UserListQuery),
    async (c) => answerRead(c, await listUsers(ctxFor(c), c.req.valid("query"))),
  )
  .post(
    "/",
    endpoint({
      summary: "Make a team account, by password or by invitation",
      tag,
      who,
      answers: { 201: User },
      errors: [409, 422],
    }),
    body(NewUser),
    (c) =>
      answer(
        c,
        ctxFor(c),
        (ctx) => createUser(ctx, c.req.valid("json")),
        (user) => ({ status: 201, body: user, location: `/api/users/${user.id}`, version: user.version }),
      ),
  )
  .get(
    "/:id",
    endpoint({ summary: "One team account", tag, who, answers: { 200: User }, errors: [404] }),
    async (c) => {
      const user = await getUser(ctxFor(c), c.req.param("id"));
      c.header("etag", `"${user.version}"`);
      return c.json(user);
    },
  )
  .patch(
    "/:id",
    endpoint({
      summary: "Change a team account: role, name, disabled or not",
      tag,
      who,
      answers: { 200: User },
      errors: [404, 409, 412, 422],
    }),
    body(UserChange),
    async (c) => {
      const user = await updateUser(ctxFor(c), c.req.param("id"), c.req.valid("json"), ifMatch(c));
      c.header("etag", `"${user.version}"`);
      return c.json(user);
    },
  )
  .delete(
    "/:id",
    endpoint({ summary: "Disable a team account", tag, who, answers: { 204: null }, errors: [404, 422] }),
    async (c) => {
      await removeUser(ctxFor(c), c.req.param("id"));
      return c.body(null, 204);
    },
  );

/** Whom one works with, for whoever gives out work; the accounts themselves have routes with more rights. */
export const meTeam = new Hono<HttpEnv>().get(
  "/",
  endpoint({ summary: "My colleagues", tag, who: "task.read", answers: { 200: Colleagues } }),
  async (c) => answerRead(c, await listColleagues(ctxFor(c))),
);
