import type { StatusView } from "#careers/status";
import type { Env } from "../../env";
import { clock, iso } from "../../lib/clock";
import { presentSite } from "../careers/site";
import type { MoveDetail } from "../pipelines/move-detail";
import { publicNameOf } from "../pipelines/public-words";
import type { ApplicationStatus } from "./schema";
import type { StatusRows } from "./status";

type Stage = StatusRows["order"][number];

/** What a way is told from. */
interface Walked {
  order: Stage[];
  steps: Pick<StatusRows["steps"][number], "at" | "detail" | "changeId">[];
  row: Pick<StatusRows["row"], "createdAt" | "enteredAt">;
}

/** A stay of the person in stages that they read by the same words. */
interface Stay {
  name: string;
  at: number;
}

/**
 * What a personal link's page shows: words that the organization gave the person, and nothing that the team
 * keeps for itself.
 */
export function presentStatus(
  env: Env,
  token: string,
  rows: StatusRows,
  interviews: StatusView["interviews"] = [],
): StatusView {
  const { row, organization, order } = rows;
  const now = order.find(({ id }) => id === row.stageId);
  if (!now) throw new Error(`Application ${row.id} stands in no stage of its pipeline.`);
  const site = presentSite(env, organization);
  const way = wayOf(rows, now);
  const { replyBy } = row;
  return {
    site,
    path: `/status/${token}`,
    firstName: row.firstName,
    job: {
      title: row.jobTitle,
      href: row.jobStatus === "open" ? `/careers/${organization.slug}/${row.jobSlug}` : null,
    },
    kind: now.kind,
    now: { name: publicNameOf(now), since: iso(way.at(-1)?.at ?? row.enteredAt), next: now.publicNext },
    promise:
      replyBy === null || now.kind !== "open" ? null : { by: iso(replyBy), late: replyBy < clock.now() },
    stages: stagesAhead(order, now, way),
    history: way.map(({ name, at }) => ({ name, at: iso(at) })).reverse(),
    requests: rows.requests.map(({ id, name, message, dueDate }) => ({ id, name, message, dueDate })),
    interviews,
    account: row.userId
      ? { kind: "login", href: "/login" }
      : { kind: "register", href: `/register/candidate?org=${organization.slug}` },
  };
}

/** The same for programs, without what only the page needs. */
export function presentForPrograms(view: StatusView): ApplicationStatus {
  const { job, kind, now, history, promise } = view;
  return {
    job,
    stage: now.name,
    kind,
    since: now.since,
    history: history.map(({ name, at }) => ({ stage: name, at })),
    next: now.next,
    promise,
  };
}

/** The way so far, oldest first. Moves that were taken back never were, and the same words are one stay. */
export function wayOf({ steps, order, row }: Walked, now: Stage): Stay[] {
  const undone = new Set(steps.map(({ detail }) => (detail as unknown as MoveDetail).undoOf));
  const byId = new Map(order.map((stage) => [stage.id, stage]));
  const way: Stay[] = [];
  const enter = (stage: Stage, at: number) => {
    const name = publicNameOf(stage);
    if (way.at(-1)?.name !== name) way.push({ name, at });
  };
  for (const { at, detail, changeId } of steps) {
    const { stageId, undoOf } = detail as unknown as MoveDetail;
    const stage = byId.get(stageId);
    // A stage that was taken away since is known by no words any more.
    if (stage && !undoOf && !undone.has(changeId)) enter(stage, at);
  }
  if (way.length === 0) enter(order[0] ?? now, row.createdAt);
  enter(now, row.enteredAt);
  return way;
}

/** The open stages in the order that everybody goes through, with where one is; of closed ways nothing is ahead. */
export function stagesAhead(order: Stage[], now: Stage, way: Stay[]): StatusView["stages"] {
  if (now.kind !== "open") return [];
  const last = order.find(({ kind }) => kind === "hired");
  const open = order.filter(({ kind }) => kind === "open");
  const stops: StatusView["stages"] = [];
  for (const stage of [...open, ...(last ? [last] : [])]) {
    const name = publicNameOf(stage);
    const state = stage.position < now.position ? "done" : stage.id === now.id ? "current" : "ahead";
    const before = stops.at(-1);
    if (before?.name === name) {
      if (state === "current") before.state = "current";
    } else {
      const at = way.findLast((stay) => stay.name === name)?.at;
      stops.push({ name, state, at: state === "ahead" || at === undefined ? null : iso(at) });
    }
  }
  return stops;
}
