import { desc, eq } from "drizzle-orm";
import { Hono } from "hono";
import { html } from "hono/html";
import { z } from "zod";
import { sweep } from "../cron/sweep";
import { directory } from "../db/database";
import { type Env, isLocal } from "../env";
import { contentDisposition } from "../features/documents/inspect";
import { outbox } from "../features/email/table";
import { clock, iso } from "../lib/clock";
import { seedDemo } from "./seed";

/** What exists on one's own machine only: the readable outbox, the movable clock, demo data, the gallery. */
export const dev = new Hono<{ Bindings: Env }>();

// A second lock behind the build-time constant.
dev.use(async (c, next) => {
  if (!isLocal(c.env)) return c.notFound();
  await next();
});

async function readOutbox(env: Env, to: string | undefined) {
  const index = directory(env);
  const [rows] = await index.read(
    index.orm
      .select()
      .from(outbox)
      .where(to === undefined ? undefined : eq(outbox.to, to.trim().toLowerCase()))
      .orderBy(desc(outbox.at), desc(outbox.emailId))
      .limit(200),
  );
  return rows.map((row) => ({
    id: row.emailId,
    to: row.to,
    subject: row.subject,
    text: row.text,
    html: row.html,
    attachments: row.files ?? [],
    at: iso(row.at),
  }));
}

dev.get("/dev/outbox.json", async (c) => c.json({ data: await readOutbox(c.env, c.req.query("to")) }));

dev.get("/dev/outbox", async (c) => {
  const mails = await readOutbox(c.env, c.req.query("to"));
  return c.html(html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>Outbox</title>
<style>
:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:48rem;margin:0 auto;padding:24px 16px}
details{border:1px solid color-mix(in srgb,currentColor 25%,transparent);border-radius:10px;margin:8px 0;padding:8px 16px}
summary{cursor:pointer}pre{white-space:pre-wrap;overflow-wrap:anywhere;font:14px/1.5 ui-monospace,monospace}small{opacity:.8}
</style>
</head>
<body>
<main>
<h1>Outbox</h1>
<p>Mail that this server sent. Nothing left this machine.</p>
${mails.length === 0 ? html`<p>No mail yet. Register somebody or move an agent.</p>` : ""}
${mails.map((mail) => html`<details><summary>${mail.subject}<br><small>to ${mail.to}, ${mail.at}</small></summary><pre>${mail.text}</pre>${mail.attachments.map((file, i) => html`<p><a href="/dev/outbox/${mail.id}/${i}">${file.fileName}</a></p>`)}</details>`)}
</main>
</body>
</html>`);
});

dev.get("/dev/outbox/:id/:file", async (c) => {
  const index = directory(c.env);
  const [rows] = await index.read(
    index.orm
      .select()
      .from(outbox)
      .where(eq(outbox.emailId, c.req.param("id"))),
  );
  const file = rows[0]?.files?.[Number(c.req.param("file"))];
  if (!file) return c.notFound();
  c.header("content-type", file.contentType);
  c.header("content-disposition", contentDisposition(file.fileName));
  return c.body(file.content);
});

const Advance = z.strictObject({
  advance: z
    .number()
    .min(-400 * 86_400)
    .max(400 * 86_400),
});

dev.post("/dev/clock", async (c) => {
  const sent = Advance.safeParse(await c.req.json().catch(() => null));
  if (!sent.success) return c.json({ detail: "Send { advance: seconds }." }, 422);
  clock.advance(sent.data.advance * 1000);
  await sweep(c.env, (work) => c.executionCtx.waitUntil(work));
  return c.json({ now: iso(clock.now()) });
});

dev.post("/dev/seed", async (c) => c.json(await seedDemo(c.env, (work) => c.executionCtx.waitUntil(work))));

// The gallery is a screen of the app.
dev.get("/dev/ui", (c) => c.env.ASSETS.fetch(new URL("/", c.req.url)));
