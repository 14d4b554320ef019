// What is wrong with a request that a receiver got, by the official library and by the documents. All that a
// receiver can check without knowing the sender.
import { createHmac, timingSafeEqual } from "node:crypto";
import { Webhook } from "standardwebhooks";

/**
 * Checks a request against the secrets that count now.
 *
 * @param request its lower-case `headers` and its raw `body`
 * @param secrets `whsec_…`, one of which must have signed
 * @param now milliseconds since 1970 by the sender's clock, which a test may have moved
 * @returns what is wrong, in words; empty where nothing is
 */
export function problemsOf({ headers, body }, secrets, now = Date.now()) {
  const problems = [];
  if (!secrets.some((secret) => verifies(secret, headers, body, now)))
    problems.push("standardwebhooks refuses the signature");
  if (!secrets.some((secret) => sameHex(headers["x-webhook-signature"], secret, body)))
    problems.push("X-Webhook-Signature is not the HMAC-SHA256 of the body");
  let event;
  try {
    event = JSON.parse(body);
  } catch {
    return [...problems, "the body is no JSON"];
  }
  if (event.id !== headers["webhook-id"]) problems.push("the body's id is not webhook-id");
  if (event.type !== event.event) problems.push("type and event differ");
  if (event.type !== headers["x-webhook-event"]) problems.push("X-Webhook-Event is not the body's type");
  if (!/^application\/json\b/.test(headers["content-type"] ?? "")) problems.push("content-type is not JSON");
  for (const name of ["timestamp", "data", "actor", "entity", "seq"])
    if (event[name] === undefined) problems.push(`the body has no ${name}`);
  return problems;
}

/** The library reads the machine's clock; the sender's may have been moved. */
function verifies(secret, headers, body, now) {
  const real = Date.now;
  Date.now = () => now;
  try {
    new Webhook(secret).verify(body, headers, { jsonParse: false });
    return true;
  } catch {
    return false;
  } finally {
    Date.now = real;
  }
}

function sameHex(given, secret, body) {
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const wanted = createHmac("sha256", key).update(body).digest();
  const got = Buffer.from(given ?? "", "hex");
  return got.length === wanted.length && timingSafeEqual(got, wanted);
}
