import { Hono } from "hono";
import { z } from "zod";
import { answer, answerRead } from "../../http/answer";
import { ctxFor, endpoint } from "../../http/endpoint";
import type { HttpEnv } from "../../http/types";
import { body, query } from "../../http/validate";
import { createNotification, listNotifications, markAllRead, markNotification } from "./notifications";
import {
  NewNotification,
  Notification,
  NotificationChange,
  NotificationPage,
  NotificationQuery,
} from "./schema";

const tag = "Notifications";

export const notificationsRoutes = new Hono<HttpEnv>()
  .get(
    "/",
    endpoint({
      summary: "My notifications, with the number of unread ones",
      tag,
      who: "session",
      answers: { 200: NotificationPage },
      errors: [422],
    }),
    query(NotificationQuery),
    async (c) => answerRead(c, await listNotifications(ctxFor(c), c.req.valid("query"))),
  )
  .post(
    "/",
    endpoint({
      summary: "Notify somebody in the organization",
      tag,
      who: "notification.create",
      answers: { 201: Notification },
      errors: [404, 422],
    }),
    body(NewNotification),
    (c) =>
      answer(
        c,
        ctxFor(c),
        (ctx) => createNotification(ctx, c.req.valid("json")),
        (made) => ({ status: 201, body: made, location: `/api/notifications/${made.id}` }),
      ),
  )
  .post(
    "/read-all",
    endpoint({
      summary: "Mark all of mine as read",
      tag,
      who: "session",
      answers: { 200: z.object({ unread: z.number().int() }) },
    }),
    (c) => answer(c, ctxFor(c), markAllRead, (result) => ({ status: 200, body: result })),
  )
  .patch(
    "/:id",
    endpoint({
      summary: "Mark one of mine as read or unread",
      tag,
      who: "session",
      answers: { 200: Notification },
      errors: [404, 422],
    }),
    body(NotificationChange),
    async (c) => c.json(await markNotification(ctxFor(c), c.req.param("id"), c.req.valid("json").read)),
  );
