// node receiver.mjs (Node 20 or newer, nothing to install)
import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";

const secret = process.env.WEBHOOK_SECRET ?? ""; // whsec_...
const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
if (key.length < 16) throw new Error("Set WEBHOOK_SECRET to the endpoint's secret.");
const seen = new Set(); // in earnest: a unique column in your database

function isOurs(headers, body) {
  const id = headers["webhook-id"] ?? "";
  const time = headers["webhook-timestamp"] ?? "";
  if (!(Math.abs(Date.now() / 1000 - Number(time)) <= 300)) return false;
  const expected = createHmac("sha256", key).update(`${id}.${time}.`).update(body).digest();
  // While a secret is changed there are two signatures; one that fits is enough.
  return (headers["webhook-signature"] ?? "").split(" ").some((part) => {
    const [version, text = ""] = part.split(",");
    const given = Buffer.from(text, "base64");
    return version === "v1" && given.length === expected.length && timingSafeEqual(given, expected);
  });
}

createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks); // the bytes as they came: do not parse before checking
  if (!isOurs(request.headers, body)) return response.writeHead(401).end();
  const event = JSON.parse(body.toString());
  if (!seen.has(event.id)) {
    seen.add(event.id);
    console.log(event.type, event.data); // longer work belongs in a queue: answer within 15 s
  }
  response.writeHead(204).end();
}).listen(Number(process.env.PORT ?? 4000), () => console.log("Waiting for events"));
