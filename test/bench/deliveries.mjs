// Webhooks: how many a second, against a bare loop of queue and fetch; and whether one endpoint that never answers
// holds up the others.
import { sleep } from "../../.tools/processes.mjs";
import { never } from "../receiver/answers.mjs";
import { startReceiver } from "../receiver/receiver.mjs";
import { cpuOf } from "./cpu.mjs";
import { median, quantile } from "./table.mjs";

/** Whoever waits longer than this for what was sent has lost some of it. */
const LIMIT_MS = 60_000;

/** The product's endpoints, by its own API. */
class Endpoints {
  constructor(ours, org, receiver) {
    Object.assign(this, { ours, org, receiver });
  }

  async ask(method, path, body) {
    const answer = await fetch(`${this.ours.base}/api/webhooks/endpoints${path}`, {
      method,
      headers: { authorization: `Bearer ${this.org.admin}`, "content-type": "application/json" },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} of an endpoint was answered ${answer.status}: ${text}`);
    return text ? JSON.parse(text) : undefined;
  }

  add = (path) => this.ask("POST", "", { url: this.receiver.url(path), events: ["candidate.updated"] });
  remove = ({ id }) => this.ask("DELETE", `/${id}`);

  /** Commits events, each about somebody of its own. */
  async commit(count) {
    const body = JSON.stringify({ orgId: this.org.orgId, count });
    const answer = await fetch(this.ours.base, { method: "POST", headers: { "x-bench": "events" }, body });
    if (!answer.ok) throw new Error(`The events were not committed: ${await answer.text()}`);
  }
}

/** Messages a second between the first and the last that arrives, and the processor's time for each. */
async function rate({ receiver, worker, count, send }) {
  receiver.forget();
  const before = cpuOf(worker);
  await send();
  await receiver.until(() => receiver.received.length >= count, LIMIT_MS);
  const cpu = (cpuOf(worker) - before) / count;
  const times = receiver.received.map((one) => one.at);
  const took = Math.max(1, Math.max(...times) - Math.min(...times));
  return { perSecond: (count * 1000) / took, cpu };
}

/** Sustained throughput, in alternating rounds. */
async function throughput({ ours, bare, endpoints, receiver, paths, rounds, events }) {
  const made = [];
  for (const path of paths) made.push(await endpoints.add(path));
  const count = events * paths.length;
  const bareBody = JSON.stringify({ urls: paths.map((path) => receiver.url(path)), count: events });
  const send = {
    ours: () => endpoints.commit(events),
    bare: async () => {
      const answer = await fetch(`${bare.base}/send`, { method: "POST", body: bareBody });
      if (!answer.ok) throw new Error(`The bare loop took no messages: ${await answer.text()}`);
    },
  };
  const found = { ours: [], bare: [] };
  for (let round = -1; round < rounds; round++) {
    for (const which of round % 2 === 0 ? ["ours", "bare"] : ["bare", "ours"]) {
      const { worker } = { ours, bare }[which];
      const one = await rate({ receiver, worker, count, send: send[which] });
      // What follows a delivery, its rows, belongs to it: the next turn must not pay for it.
      if (which === "ours") await settled(ours);
      if (round >= 0) found[which].push(one);
    }
  }
  for (const endpoint of made) await endpoints.remove(endpoint);
  const figures = (list) => ({
    perSecond: median(list.map((one) => one.perSecond)),
    cpu: median(list.map((one) => one.cpu)),
  });
  return {
    ours: figures(found.ours),
    bare: figures(found.bare),
    ratio: median(found.ours.map((one, i) => one.perSecond / found.bare[i].perSecond)),
  };
}

async function settled(ours) {
  for (const deadline = Date.now() + LIMIT_MS; Date.now() < deadline; await sleep(20)) {
    const answer = await fetch(ours.base, { headers: { "x-bench": "undelivered" } });
    if ((await answer.json()) === 0) return;
  }
  throw new Error("The product did not note all deliveries.");
}

/** From commit to arrival at good endpoints, in turns alone and beside one that never answers. */
async function besideDead({ endpoints, receiver, rounds, events, everyMs }) {
  const good = ["/g1", "/g2", "/g3", "/g4"];
  const made = [];
  for (const path of good) made.push(await endpoints.add(path));
  receiver.answer("/dead", never);
  const found = { alone: [], beside: [] };
  let hung = 0;
  for (let round = -1; round < rounds; round++) {
    for (const which of round % 2 === 0 ? ["alone", "beside"] : ["beside", "alone"]) {
      receiver.forget();
      const dead = which === "beside" ? await endpoints.add("/dead") : null;
      for (let sent = 0; sent < events; sent++) {
        await endpoints.commit(1);
        await sleep(everyMs);
      }
      const arrived = () => receiver.received.filter((one) => one.path !== "/dead");
      await receiver.until(() => arrived().length >= events * good.length, LIMIT_MS);
      hung += receiver.at("/dead").length;
      if (dead) await endpoints.remove(dead);
      if (round < 0) continue;
      for (const one of arrived()) found[which].push(one.at - Date.parse(JSON.parse(one.body).timestamp));
    }
  }
  for (const endpoint of made) await endpoints.remove(endpoint);
  if (hung === 0) throw new Error("The endpoint that never answers was not called at all.");
  const figures = (list) => ({ median: median(list), p95: quantile(list, 0.95) });
  return { alone: figures(found.alone), beside: figures(found.beside), count: found.alone.length };
}

/** Works with a receiver that is there for so long. */
async function withReceiver(work) {
  const receiver = await startReceiver();
  try {
    await work(receiver);
  } finally {
    await receiver.stop();
  }
}

/** Sustained throughput to one endpoint and to many. */
export async function measureDeliveries({ ours, bare, org, rounds, events, report }) {
  await withReceiver(async (receiver) => {
    const endpoints = new Endpoints(ours, org, receiver);
    const many = Array.from({ length: 10 }, (_, i) => `/e${i}`);
    for (const [what, paths, each] of [
      ["webhooks to one endpoint", ["/one"], events],
      ["webhooks to ten endpoints", many, Math.ceil(events * 0.3)],
    ]) {
      const found = await throughput({ ours, bare, endpoints, receiver, rounds, paths, events: each });
      report.push({ what, target: "at least 0.70", ...found });
    }
  });
}

/** What an endpoint that never answers does to the others. */
export async function measureLanes({ ours, org, rounds, report }) {
  await withReceiver(async (receiver) => {
    const endpoints = new Endpoints(ours, org, receiver);
    report.push(await besideDead({ endpoints, receiver, rounds, events: 25, everyMs: 40 }));
  });
}
