import { type SQL, sql } from "drizzle-orm";
import type { Statement } from "../../db/database";
import { commit, event, type NewAudit, onceMore } from "../../events/commit";
import type { Ctx } from "../../events/context";
import { conflict, notFound, outdated } from "../../lib/errors";
import { newId } from "../../lib/ids";
import { agents } from "../agents/table";
import { recountJobs } from "../pipelines/counts";
import { applications } from "../pipelines/table";
import { type ApplicationRow, presentApplication } from "./applications";
import type { Application, ApplicationChange } from "./schema";
import { allUnchanged, field, StageCounts, wonBy } from "./sets";
import { type Standing, standings } from "./standing";

/** What can be changed of an application beside its stage. */
export type Changeable = Pick<
  ApplicationRow,
  "rating" | "tags" | "starred" | "archived" | "sharedWithClient" | "notes" | "internalNotes" | "source"
>;
export interface Changing {
  now: Standing;
  set: Partial<Changeable>;
}

/** Why a place in a campaign is neither archived nor shown to the client by hand: its seats are counted. */
export const IN_CAMPAIGN =
  "A place in a campaign follows from its stage. Move them to the stage that you mean instead.";

const bit = (value: boolean) => (value ? 1 : 0);

/**
 * Changes applications, all or none, with the counts that depend on it. Guarded by the versions read.
 * @throws LostRace when any of them changed meanwhile
 */
export async function changeApplications<R>(
  ctx: Ctx,
  list: Changing[],
  how: { changeId: string; more?: Statement[]; audit?: NewAudit[]; result: R },
): Promise<R> {
  const { changeId } = how;
  const at = ctx.now();
  const first = list[0]?.now.row.id ?? "";
  const won = wonBy(ctx, first, changeId);
  const rows = JSON.stringify(
    list.map(({ now: { row }, set }) => {
      const next = { ...row, ...set };
      return [
        row.id,
        row.version,
        next.rating,
        JSON.stringify(next.tags),
        bit(next.starred),
        bit(next.archived),
        bit(next.sharedWithClient),
        next.notes,
        next.internalNotes,
        next.source,
      ];
    }),
  );
  return await commit(ctx, {
    id: changeId,
    won: { table: applications, id: first },
    writes: [
      ctx.db.sql(sql`update ${applications} set rating = ${field(2)}, tags = ${field(3)}, starred = ${field(4)},
          archived = ${field(5)}, shared_with_client = ${field(6)}, notes = ${field(7)}, internal_notes = ${field(8)},
          source = ${field(9)}, version = version + 1, change_id = ${changeId}, updated_at = ${at}
        from json_each(${rows}) m
        where ${allUnchanged(ctx, rows, list.length)}`),
      ...recount(ctx, list, won),
      ...agentVersions(ctx, list, won, at),
      ...(how.more ?? []),
    ],
    events: list.map(({ now: { row, agent }, set }) =>
      agent
        ? event({
            type: "agent.updated",
            entity: { type: "agent", id: agent.id },
            pipelineId: row.pipelineId,
            data: { agentId: agent.id, fields: Object.keys(set) },
          })
        : event({
            type: "application.updated",
            entity: { type: "application", id: row.id },
            pipelineId: row.pipelineId,
            forClient: (set.sharedWithClient ?? false) || row.sharedWithClient,
            data: {
              applicationId: row.id,
              candidateId: row.candidateId ?? "",
              jobId: row.jobId ?? "",
              fields: Object.keys(set),
            },
          }),
    ),
    audit: [
      ...list.map(
        ({ now: { row }, set }): NewAudit => ({
          action: "APPLICATION_UPDATE",
          entity: { type: "application", id: row.id },
          metadata: { fields: Object.keys(set) },
        }),
      ),
      ...(how.audit ?? []),
    ],
    result: how.result,
  });
}

/** Archived people are counted nowhere, and the client's counts hold what is shared. */
function recount(ctx: Ctx, list: Changing[], won: SQL): Statement[] {
  const counts = new StageCounts();
  for (const { now, set } of list) {
    const before = now.row;
    const after = { ...before, ...set };
    const shown = (row: typeof before) =>
      [bit(!row.archived), bit(!row.archived && row.sharedWithClient)] as const;
    const [had, hadShared] = shown(before);
    const [has, hasShared] = shown(after);
    if (had === has && hadShared === hasShared) continue;
    counts.add(now.held.id, has - had, hasShared - hadShared);
  }
  if (counts.isEmpty) return [];
  return [
    counts.write(ctx, won),
    recountJobs(ctx, [...new Set(list.map(({ now }) => now.row.pipelineId))], won),
  ];
}

/** An agent's version counts the changes of their place in the pool, too. */
function agentVersions(ctx: Ctx, list: Changing[], won: SQL, at: number): Statement[] {
  const rows = list.flatMap(({ now }) => (now.agent ? [[now.agent.id, now.row.version + 1]] : []));
  if (rows.length === 0) return [];
  return [
    ctx.db.sql(sql`update ${agents} set version = ${field(1)}, updated_at = ${at}
      from json_each(${JSON.stringify(rows)}) m
      where +${agents.orgId} = ${ctx.orgId} and ${agents.id} = ${field(0)} and ${won}`),
  ];
}

/**
 * Changes the sent fields of one application.
 * @throws DomainError `not-found`, `outdated`, `conflict`
 */
export async function updateApplication(
  ctx: Ctx,
  id: string,
  set: ApplicationChange,
  ifVersion?: number,
): Promise<Application> {
  const load = async () => {
    const now = (await standings(ctx, [id])).get(id);
    if (!now) throw notFound("application");
    return now;
  };
  return await onceMore(
    async () => {
      const now = await load();
      if (ifVersion !== undefined && ifVersion !== now.row.version) {
        throw outdated(presentApplication(ctx, now.row, now.stages));
      }
      const changed = Object.fromEntries(
        Object.entries(set).filter(
          ([name, value]) => JSON.stringify(value) !== JSON.stringify(now.row[name as keyof Changeable]),
        ),
      ) as Partial<Changeable>;
      if (now.campaign && (changed.archived !== undefined || changed.sharedWithClient !== undefined)) {
        throw conflict(IN_CAMPAIGN, presentApplication(ctx, now.row, now.stages));
      }
      if (Object.keys(changed).length === 0) return presentApplication(ctx, now.row, now.stages);
      const changeId = newId("chg", ctx.now());
      const next = {
        ...now.row,
        ...changed,
        version: now.row.version + 1,
        changeId,
        updatedAt: ctx.now(),
      };
      return await changeApplications(ctx, [{ now, set: changed }], {
        changeId,
        result: presentApplication(ctx, next, now.stages),
      });
    },
    async () => {
      const now = await load();
      return presentApplication(ctx, now.row, now.stages);
    },
  );
}
