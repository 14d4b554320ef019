import { Hono } from "hono";
import { answerRead } from "../../http/answer";
import { ctxFor, endpoint } from "../../http/endpoint";
import type { HttpEnv } from "../../http/types";
import { query } from "../../http/validate";
import { getClientHome, getMyDay } from "./day";
import { ClientHome, DashboardQuery, DashboardStats, MyDay } from "./schema";
import { getStats } from "./stats";

const tag = "Dashboard";

export const dashboardRoutes = new Hono<HttpEnv>().get(
  "/stats",
  endpoint({
    summary: "How the organization stands, and how the last days went",
    tag,
    who: "dashboard.read",
    answers: { 200: DashboardStats },
    errors: [404, 422],
  }),
  query(DashboardQuery),
  async (c) => answerRead(c, await getStats(ctxFor(c), c.req.valid("query"))),
);

export const meDay = new Hono<HttpEnv>().get(
  "/",
  endpoint({ summary: "What needs me today", tag, who: "task.read", answers: { 200: MyDay } }),
  async (c) => answerRead(c, await getMyDay(ctxFor(c))),
);

export const meClientHome = new Hono<HttpEnv>().get(
  "/",
  endpoint({
    summary: "A client user's open jobs, and who was shared with them last",
    tag,
    who: "client.read",
    answers: { 200: ClientHome },
    errors: [404],
  }),
  async (c) => answerRead(c, await getClientHome(ctxFor(c))),
);
