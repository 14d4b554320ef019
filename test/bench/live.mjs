// From a commit to every open browser, against a bare Durable Object that broadcasts the same bytes.
import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { sleep } from "../../.tools/processes.mjs";
import { cpuOf } from "./cpu.mjs";
import { settled } from "./reads.mjs";
import { median, quantile } from "./table.mjs";

/** A trial that takes longer has lost a message. */
const LIMIT_MS = 15_000;

/** A process that holds sockets. Messages from it are handed to whoever waits for them. */
class Holder {
  waiting = new Map();

  constructor() {
    this.child = fork(fileURLToPath(new URL("sockets.mjs", import.meta.url)), { stdio: "inherit" });
    this.child.on("message", (message) => {
      const wait = this.waiting.get(message.name);
      this.waiting.delete(message.name);
      if (message.error) wait?.reject(new Error(message.error));
      else wait?.resolve(message);
    });
  }

  next(name) {
    return new Promise((resolve, reject) => this.waiting.set(name, { resolve, reject }));
  }

  async grow(name, count, server) {
    const opened = this.next(name);
    this.child.send({ name, count, server });
    await opened;
  }
}

function within(work) {
  const { promise, reject } = Promise.withResolvers();
  const timer = setTimeout(
    () => reject(new Error(`A message did not reach every socket in ${LIMIT_MS} ms.`)),
    LIMIT_MS,
  );
  return Promise.race([work, promise]).finally(() => clearTimeout(timer));
}

/** Milliseconds from the commit until the last socket had it. */
async function trial({ name, holders, trigger }) {
  const arrivals = Promise.all(holders.map((holder) => holder.next(name)));
  const answer = await trigger();
  if (!answer.ok) throw new Error(`The change was answered ${answer.status}: ${await answer.text()}`);
  await answer.arrayBuffer();
  const committed = Number(answer.headers.get("x-bench-committed"));
  const last = Math.max(...(await within(arrivals)).map(({ all }) => all));
  // The server's clock counts whole milliseconds, so on average half of one has passed.
  return last - committed - 0.5;
}

/** Time until everybody has it, at growing numbers of sockets. */
export async function measureLive({ ours, bare, org, sizes, trials, report }) {
  const [token] = org.team;
  // Of every 15 people the first two stand in the first stage. Others than those who moved before.
  const people = org.people.filter((_, i) => i % 15 === 5);
  let turn = 0;
  const move = () => {
    const person = people[turn % people.length];
    const status = Math.floor(turn / people.length) % 2 === 0 ? "assessment" : "documents";
    turn += 1;
    return fetch(`${ours.base}/api/agents/${person}/status`, {
      method: "PUT",
      headers: {
        ...{ authorization: `Bearer ${token}`, "content-type": "application/json" },
        "x-bench": "committed",
      },
      body: JSON.stringify({ status }),
    });
  };
  await (await move()).arrayBuffer();
  const changes = await fetch(`${ours.base}/api/pipelines/${org.pipelineId}/changes?since=0&limit=1`, {
    headers: { authorization: `Bearer ${token}` },
  });
  const { data } = await changes.json();
  const frame = JSON.stringify({ type: "events", events: data });
  const broadcast = () => fetch(`${bare.base}/broadcast`, { method: "POST", body: frame });

  const all = [new Holder(), new Holder()];
  let open = 0;
  for (const size of sizes) {
    const more = size - open;
    const opening = {};
    for (const [name, server] of Object.entries({ ours, bare })) {
      const started = performance.now();
      const before = cpuOf(server.worker);
      await Promise.all(
        all.map((holder, i) => {
          const own = Math.floor(more / 2) + (i < more % 2 ? 1 : 0);
          if (own === 0) return undefined;
          // Every socket is one of four people, as in a team that works with several tabs.
          const path = name === "ours" ? `/api/pipelines/${org.pipelineId}/live` : "/live";
          const headers = { authorization: `Bearer ${org.team[(i + report.length) % org.team.length]}` };
          return holder.grow(name, own, { port: server.port, path, headers });
        }),
      );
      opening[name] = { ms: performance.now() - started, cpu: cpuOf(server.worker) - before };
    }
    open = size;
    const holders = size === 1 ? [all[0]] : all;
    const times = { ours: [], bare: [] };
    const cpu = { ours: 0, bare: 0 };
    for (let i = -2; i < trials; i++) {
      for (const name of i % 2 === 0 ? ["ours", "bare"] : ["bare", "ours"]) {
        const server = { ours, bare }[name];
        const before = cpuOf(server.worker);
        const took = await trial({ name, holders, trigger: name === "ours" ? move : broadcast });
        if (i >= 0) times[name].push(took);
        if (i >= 0) cpu[name] += cpuOf(server.worker) - before;
        if (name === "ours") await settled(ours);
        await sleep(10);
      }
    }
    const figures = (name) => ({
      median: median(times[name]),
      p95: quantile(times[name], 0.95),
      cpu: cpu[name] / trials,
      opening: opening[name],
    });
    const ratio = median(times.ours.map((time, i) => time / times.bare[i]));
    report.push({ size, opened: more, ratio, ours: figures("ours"), bare: figures("bare") });
  }
  for (const holder of all) holder.child.disconnect();
}
