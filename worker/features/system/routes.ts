import { Hono } from "hono";
import { ctxFor, endpoint } from "../../http/endpoint";
import type { HttpEnv } from "../../http/types";
import { clock, iso } from "../../lib/clock";
import { METRICS_TYPE, metricsText } from "./metrics";
import { getStatus, Health, Status } from "./status";

/** The version that this build answers with. */
export const VERSION = "0.1.0";

export const healthRoutes = new Hono<HttpEnv>().get(
  "/",
  endpoint({ summary: "Liveness", tag: "Operations", who: "public", answers: { 200: Health } }),
  (c) => c.json({ status: "ok" as const, version: VERSION, time: iso(clock.now()) }),
);

export const statusRoutes = new Hono<HttpEnv>().get(
  "/",
  endpoint({
    summary: "Each dependency, really used",
    tag: "Operations",
    who: "public",
    answers: { 200: Status },
  }),
  async (c) => {
    const status = await getStatus(c.env);
    return c.json(status, status.status === "ok" ? 200 : 503);
  },
);

export const metricsRoutes = new Hono<HttpEnv>().get(
  "/",
  endpoint({
    summary: "Numbers of your organization, as Prometheus reads them",
    tag: "Operations",
    who: "metrics.read",
    scope: "metrics:read",
    answers: { 200: null },
  }),
  async (c) => c.body(await metricsText(ctxFor(c)), 200, { "content-type": METRICS_TYPE }),
);
