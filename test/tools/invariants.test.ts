import { expect, test } from "vitest";
import * as invariants from "../faults/invariants.mjs";

// A checker that finds nothing proves nothing: each is shown what it has to find.

interface Sent {
  type?: string;
  status?: number | null;
  data?: Record<string, string>;
  entity?: { id: string; seq: number };
}

const request = (id: string, { type = "candidate.created", status = 200, data, entity }: Sent = {}) => ({
  id,
  status,
  overlaps: false,
  problems: [] as string[],
  body: JSON.stringify({ id, type, data: data ?? { candidateId: "cand_1" }, entity }),
});

test("a change that was acknowledged arrives as one event", () => {
  const change = { type: "candidate.created", names: { candidateId: "cand_1" } };
  const other = request("evt_3", { data: { candidateId: "cand_2" } });
  const arrived = (...requests: ReturnType<typeof request>[]) =>
    invariants.acknowledgedArrived([change], requests);
  expect(arrived(request("evt_1"), request("evt_1"), other)).toEqual([]);
  expect(arrived(other)).toHaveLength(1);
  // The receiver answered it with a failure only.
  expect(arrived(request("evt_1", { status: 500 }), request("evt_1", { status: null }))).toHaveLength(1);
  // Two events of one change.
  expect(arrived(request("evt_1"), request("evt_2"))).toHaveLength(1);
  expect(arrived(request("evt_1", { type: "candidate.updated" }))).toHaveLength(1);
});

test("a committed event has one delivery of the endpoint, and it was delivered", () => {
  const row = { endpoint_id: "whe_1", event_id: "evt_1", status: "delivered" };
  const lost = (...deliveries: Record<string, unknown>[]) =>
    invariants.nothingLost([{ id: "evt_1", type: "job.posted" }], deliveries, "whe_1");
  expect(lost(row, { ...row, endpoint_id: "whe_2" })).toEqual([]);
  expect(lost({ ...row, endpoint_id: "whe_2" })).toHaveLength(1);
  expect(lost(row, row)).toHaveLength(1);
  for (const status of ["pending", "parked", "exhausted", "cancelled"])
    expect(lost({ ...row, status })).toHaveLength(1);
});

test("phantoms, other bytes, two at once and bad signatures are seen", () => {
  expect(invariants.noPhantom([{ id: "evt_1" }], [request("evt_1")])).toEqual([]);
  expect(invariants.noPhantom([{ id: "evt_1" }], [request("evt_2")])).toHaveLength(1);
  expect(invariants.copiesEqual([request("evt_1"), request("evt_1")])).toEqual([]);
  expect(
    invariants.copiesEqual([request("evt_1"), request("evt_1", { data: { candidateId: "x" } })]),
  ).toHaveLength(1);
  expect(invariants.noneAtOnce([request("evt_1"), { ...request("evt_1"), overlaps: true }])).toHaveLength(1);
  expect(invariants.allVerified([request("evt_1"), { ...request("evt_2"), problems: ["bad"] }])).toEqual([
    "evt_2: bad",
  ]);
});

test("an entity's events are taken in order, whatever other entities and repeats do", () => {
  const of = (id: string, entity: string, seq: number, status = 200) =>
    request(id, { entity: { id: entity, seq }, status });
  const good = [of("a1", "a", 1), of("b1", "b", 1), of("a1", "a", 1), of("a3", "a", 3), of("b2", "b", 2)];
  expect(invariants.inOrder(good)).toEqual([]);
  expect(
    invariants.inOrder([of("a1", "a", 1), of("a3", "a", 3, 500), of("a2", "a", 2), ...good.slice(3)]),
  ).toEqual([]);
  expect(invariants.inOrder([of("a3", "a", 3), of("a2", "a", 2)])).toEqual(["a: 2 was taken after 3"]);
});

/** Attempts of one delivery at these seconds; the last one succeeds. */
const attempts = (seconds: number[], endpoint = "whe_1", delivery = "whd_1") =>
  seconds.map((at, i) => ({
    delivery_id: delivery,
    endpoint_id: endpoint,
    n: i + 1,
    at: at * 1000,
    latency_ms: 0,
    cause: i === seconds.length - 1 ? null : "status",
  }));

test("no attempt comes before its time", () => {
  expect(invariants.neverEarly(attempts([0, 1, 3, 7, 15, 31]))).toEqual([]);
  expect(invariants.neverEarly(attempts([0, 0.9]))).toHaveLength(1);
  expect(invariants.neverEarly(attempts([0, 1, 3, 6.9, 15, 31]))).toHaveLength(1);
  // One that was cut off is tried again without having failed.
  const cut = attempts([0, 60, 61]).map((one, i) => (i === 0 ? { ...one, cause: "outcome_unknown" } : one));
  expect(invariants.neverEarly(cut)).toEqual([]);
});

test("an open circuit is probed at its times and not otherwise", () => {
  const held = (...seconds: number[]) => invariants.circuitHeld(attempts(seconds), "whe_1");
  const opened = [0, 1, 3, 7, 15];
  expect(held(...opened, 31, 331, 2131)).toEqual([]);
  expect(held(...opened, 30)).toHaveLength(1);
  expect(held(...opened, 31, 330)).toHaveLength(1);
  expect(held(...opened, 31, 331, 2130)).toHaveLength(1);
  // A success between closes it.
  expect(invariants.circuitHeld([...attempts([0, 1, 3, 7]), ...attempts([8, 9, 11, 15])], "whe_1")).toEqual(
    [],
  );
});

test("kept counts that are wrong, missing or too many are seen", () => {
  const rows = [
    { endpoint_id: "whe_1", status: "delivered" },
    { endpoint_id: "whe_1", status: "delivered" },
    { endpoint_id: "whe_1", status: "parked" },
  ];
  const kept = (delivered: number, parked: number) => [
    { endpoint_id: "whe_1", status: "delivered", n: delivered },
    { endpoint_id: "whe_1", status: "parked", n: parked },
  ];
  expect(invariants.countsRight(rows, kept(2, 1))).toEqual([]);
  expect(invariants.countsRight(rows, kept(2, 2))).toHaveLength(1);
  expect(invariants.countsRight(rows, kept(2, 1).slice(0, 1))).toHaveLength(1);
  expect(invariants.countsRight(rows.slice(0, 2), kept(2, 1))).toHaveLength(1);
});
