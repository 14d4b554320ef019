// The stand-in receiver for tests inside workerd, which can't call into Node: they steer it by HTTP.
import * as answersModule from "./answers.mjs";
import { startReceiver } from "./receiver.mjs";

const answers = { ...answersModule };

/** `["status", 503, { headers }]` is `answers.status(503, { headers })`; arguments may be such lists themselves. */
function made(spec) {
  if (!Array.isArray(spec)) return spec;
  const [name, ...args] = spec;
  const answer = answers[name];
  if (answer === undefined) throw new Error(`answers.mjs has no ${name}.`);
  return PLAIN.has(name) ? answer : answer(...args.map(made));
}
/** Those that are answers themselves and not makers of answers. */
const PLAIN = new Set(["ok", "never", "half", "reset", "hangUp"]);

/** Vitest calls it before the tests of the Worker; they get its address by `inject("receiver")`. */
export default async function setup(project) {
  const receiver = await startReceiver();
  const json = (value) => answersModule.status(200, { body: JSON.stringify(value) });
  receiver.answer("/steer", (request, answer) => {
    const { path, answer: spec, trust } = JSON.parse(request.body);
    if (spec) receiver.answer(path, made(spec));
    if (trust) receiver.trust(path, ...trust);
    return json(null)(request, answer);
  });
  receiver.answer("/got", (request, answer) =>
    json(receiver.at(JSON.parse(request.body).path))(request, answer),
  );
  project.provide("receiver", receiver.base);
  return () => receiver.stop();
}
