import { chance } from "../../faults/random.mjs";
import { problems } from "./check";
import { Lane } from "./lane";
import { Rows } from "./rows";
import { DAY, HOUR, MINUTE, Receiver, SECOND, Time } from "./world";

/** What happened in one simulation, for the checks. */
export interface History {
  time: Time;
  rows: Rows;
  lane: Lane;
  receiver: Receiver;
  /** When somebody turned the endpoint off or on, or sent something again. */
  byHand: number[];
  /** Rows that nobody had sent though they were due, and nothing was in the way. */
  stuck: string[];
}

/** Steps of a simulation at most: one that goes on for ever is a fault. */
const STEPS = 40_000;

/**
 * Lets an endpoint live through trouble: a receiver that is well and unwell, lost and doubled pokes, kills, sweeps
 * that are left out, a clock that jumps an hour, outages of days, people who turn it off or send again.
 *
 * @returns what is wrong with what happened; empty where nothing is
 */
export function simulate(seed: number): string[] {
  const random = chance(seed);
  const time = new Time();
  const rows = new Rows(random.next() < 0.5, random.next);
  const lengths = random.weighted<number[]>([
    [5, [MINUTE, 3 * MINUTE]],
    [3, [20 * MINUTE, 5 * HOUR]],
    [3, [4 * DAY]],
    [1, [6 * DAY]],
  ]);
  const receiver = new Receiver(random, lengths);
  const lane = new Lane(time, rows, receiver, random, random.pick([0, 0, 0.1]));
  const history: History = { time, rows, lane, receiver, byHand: [], stuck: [] };
  plan(history, random);
  let quietFor = 0;
  for (let steps = 0; ; steps++) {
    if (steps === STEPS) return [`it never comes to rest, at ${time.at} ms`];
    // The sweep comes by each minute; only those that find something are played.
    if (!time.step()) {
      const open = rows.rows.some(({ status }) => status === "pending" || status === "parked");
      if (!open || quietFor++ > 1000) break;
    }
  }
  return problems(history);
}

function plan(history: History, random: ReturnType<typeof chance>): void {
  const { time, rows, lane, receiver } = history;
  const end = receiver.wellFrom;
  const whenever = () => random.between(0, end);
  const poke = () => {
    const fate = random.next();
    if (fate < 0.1) return;
    for (let times = fate > 0.9 ? 2 : 1; times > 0; times--)
      time.plan(time.at + random.between(1, 200), () => lane.poke());
  };
  const handOn = (events: typeof rows.events) => {
    if (rows.fanOut(events, time.now())) poke();
  };

  for (let n = random.whole(1, 18); n > 0; n--) {
    const burst = random.next() < 0.3 ? random.whole(2, 12) : 1;
    const entity = random.whole(1, 3);
    time.plan(whenever(), () => {
      for (let i = 0; i < burst; i++) {
        const event = rows.commit(entity, time.at);
        if (random.next() < 0.03) receiver.poison.add(event.seq);
        // Handed on in any order, twice, or not at all: then the sweep does.
        for (
          let times = random.weighted([
            [8, 1],
            [1, 2],
            [1, 0],
          ]);
          times > 0;
          times--
        )
          time.plan(time.at + random.between(1, 3000), () => handOn([event]));
      }
    });
  }
  for (let n = random.whole(0, 3); n > 0; n--) time.plan(whenever(), () => lane.kill());
  for (
    let n = random.weighted([
      [6, 0],
      [3, 1],
      [1, 2],
    ]);
    n > 0;
    n--
  )
    time.plan(whenever(), () => time.jump(random.pick([-HOUR, HOUR])));
  for (
    let n = random.weighted([
      [5, 0],
      [1, 1],
      [1, 2],
    ]);
    n > 0;
    n--
  )
    time.plan(whenever(), () => {
      if (rows.rows.length > 0 && rows.retry(random.pick(rows.rows), time.now())) {
        history.byHand.push(time.at);
        poke();
      }
    });
  if (random.next() < 0.05)
    time.plan(whenever(), () => {
      rows.turnOff("person", time.now());
      history.byHand.push(time.at);
      time.plan(time.at + random.between(SECOND, HOUR), () => {
        if (rows.status === "disabled") rows.turnOn();
        history.byHand.push(time.at);
        poke();
      });
    });
  const missed =
    random.next() < 0.2 ? { from: whenever(), long: 3 * HOUR } : { from: Number.POSITIVE_INFINITY, long: 0 };
  sweeps(history, handOn, (at) => at < missed.from || at > missed.from + missed.long);
}

/** A minute's tick where there is something to find, until nothing is left. */
function sweeps(
  { time, rows, lane, stuck, receiver }: History,
  handOn: (events: Rows["events"]) => void,
  runs: (at: number) => boolean,
): void {
  const overdue = new Map<number, number>();
  const next = () => {
    const waiting = rows.events.some((event) => !event.done) || time.at < receiver.wellFrom;
    const due = time.realOf(rows.dueAt());
    if (!waiting && due === Number.POSITIVE_INFINITY) return;
    // Until the receiver is well for ever, something may come up at any time: look in at least twenty times.
    const soon = time.at < receiver.wellFrom ? time.at + Math.max(MINUTE, receiver.wellFrom / 20) : due;
    const at = Math.min(Math.max(due, time.at + MINUTE), soon);
    time.plan(Math.ceil(Math.max(at, time.at + 1) / MINUTE) * MINUTE, tick);
  };
  const tick = () => {
    if (runs(time.at)) {
      const undone = rows.events.filter((event) => !event.done);
      if (undone.length > 0) handOn(undone);
      for (const row of rows.rows) {
        const due =
          rows.health.circuit === "closed" && rows.status === "enabled" && rows.isDue(row, time.now());
        const times = due && !lane.working ? (overdue.get(row.seq) ?? 0) + 1 : 0;
        overdue.set(row.seq, times);
        if (times > 2) stuck.push(`${row.seq} is due for more than two sweeps at ${time.at}`);
      }
      if (rows.sweep(time.now())) lane.poke();
    }
    next();
  };
  time.plan(MINUTE, tick);
}
