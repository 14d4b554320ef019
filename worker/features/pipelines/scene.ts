import { and, asc, eq, inArray, isNull, sql } from "drizzle-orm";
import type { RowOf } from "../../db/database";
import type { Ctx } from "../../events/context";
import type { StoredEvent } from "../../events/subscriber";
import { events } from "../../events/table";
import { agents } from "../agents/table";
import { campaignAccess, campaigns } from "../campaigns/table";
import { candidates } from "../candidates/table";
import { jobs, jobTeam } from "../jobs/table";
import { users } from "../users/table";
import type { MoveDetail } from "./move-detail";
import { publicNameOf } from "./public-words";
import { applications, stageActions, stages, undoneMoves } from "./table";

/** Somebody of the team, and what they are in the job. */
export type Member = RowOf<typeof selectStaff>;

/** Who entered which stage, and everybody whom its actions can concern. */
export interface Scene {
  event: StoredEvent;
  detail: MoveDetail;
  applicationId: string;
  pipelineId: string;
  person: { id: string; email: string; firstName: string; name: string; userId: string | null };
  /** What the person is: an agent of the pool, or a candidate for a job. */
  kind: "agent" | "candidate";
  entity: { type: "agent" | "application"; id: string };
  job: { id: string; title: string } | null;
  /** The campaign in whose pipeline they stand. */
  campaign: { id: string; name: string } | null;
  /** Campaigns that are unlocked for an agent already. */
  unlocked: string[];
  /** True where the client sees this application. */
  shared: boolean;
  stage: typeof stages.$inferSelect;
  actions: (typeof stageActions.$inferSelect)[];
  /** The hiring team, or all admins and recruiters in the agent pool and where a job has no team. */
  team: Member[];
  /** Admins and recruiters who can log in. */
  staff: Member[];
  /** Who is asked first, and who decides at the client or for it. */
  recruiter: Member | undefined;
  hiringManager: Member | undefined;
  /** Null for an arrival, which can't be taken back. */
  batchId: string | null;
  /** True for a bulk move of so many people that their team hears of it once, not of each. */
  crowd: boolean;
  /** What `{{variables}}` stand for where the team reads them. */
  values: Record<string, string>;
  /** The same where the person reads them: the stage in its public words. */
  ownValues: Record<string, string>;
}

/** People of a bulk move of whom the team still hears one by one. */
const CROWD = 20;

const PEOPLE = {
  applicationId: applications.id,
  pipelineId: applications.pipelineId,
  shared: applications.sharedWithClient,
  agentId: agents.id,
  agentEmail: agents.email,
  agentFirst: agents.firstName,
  agentLast: agents.lastName,
  agentUser: agents.userId,
  candidateId: candidates.id,
  candidateEmail: candidates.email,
  candidateFirst: candidates.firstName,
  candidateLast: candidates.lastName,
  candidateUser: candidates.userId,
  jobId: jobs.id,
  jobTitle: jobs.title,
  jobCreatedBy: jobs.createdBy,
  campaignId: campaigns.id,
  campaignName: campaigns.name,
  campaignCreatedBy: campaigns.createdBy,
};

function selectPerson(ctx: Ctx, applicationId: string) {
  return ctx.db.select(PEOPLE, applications, {
    where: eq(applications.id, applicationId),
    join: [
      { table: agents, on: eq(agents.id, applications.agentId), left: true },
      { table: candidates, on: eq(candidates.id, applications.candidateId), left: true },
      { table: jobs, on: eq(jobs.id, applications.jobId), left: true },
      { table: campaigns, on: eq(campaigns.id, applications.campaignId), left: true },
    ],
  });
}

const MEMBER = { id: users.id, email: users.email, userRole: users.role };

/** The hiring team of a job, in the order it was written in. */
export function selectTeam(ctx: Ctx, jobId: string) {
  return ctx.db.select({ ...MEMBER, role: jobTeam.role }, jobTeam, {
    where: eq(jobTeam.jobId, jobId),
    join: [{ table: users, on: sql`${users.id} = ${jobTeam.userId} and ${users.disabledAt} is null` }],
    orderBy: sql`${jobTeam}.rowid`,
  });
}

/** Admins and recruiters: who is asked where a job has no team, and in the agent pool. */
export function selectStaff(ctx: Ctx) {
  return ctx.db.select(MEMBER, users, {
    where: and(inArray(users.role, ["admin", "recruiter"]), isNull(users.disabledAt)),
    orderBy: asc(users.id),
  });
}

/**
 * Reads in one round trip who entered a stage, and what and whom its actions need. Null where the person
 * or the stage is gone, or the move was taken back before anything followed from it.
 */
export async function readScene(ctx: Ctx, event: StoredEvent): Promise<Scene | null> {
  const detail = event.detail as unknown as MoveDetail;
  const data = event.data as { agentId?: string; atsId?: string; jobId?: string; applicationId?: string };
  const applicationId = detail.applicationId ?? data.applicationId ?? data.atsId ?? "";
  const isMove = event.type === "agent.status_changed" || event.type === "application.status_changed";
  const [actions, people, stageRows, orgs, undone, members, staff, access, crowd] = await ctx.db.read(
    ctx.db.rows(stageActions, {
      where: eq(stageActions.stageId, detail.stageId),
      orderBy: asc(stageActions.position),
    }),
    selectPerson(ctx, applicationId),
    ctx.db.rows(stages, { where: eq(stages.id, detail.stageId) }),
    ctx.db.organization(),
    ctx.db.rows(undoneMoves, {
      where: and(eq(undoneMoves.batchId, event.changeId), eq(undoneMoves.applicationId, applicationId)),
    }),
    selectTeam(ctx, data.jobId ?? ""),
    selectStaff(ctx),
    ctx.db.select({ id: campaignAccess.campaignId }, campaignAccess, {
      where: eq(campaignAccess.agentId, data.agentId ?? ""),
    }),
    // In the words of the partial index, so that SQLite uses it.
    ctx.db.sql<{ people: number }>(sql`select count(*) as people from (select 1 from ${events}
      where org_id = ${ctx.orgId} and change_id = ${event.changeId}
        and type in ('agent.status_changed', 'application.status_changed') limit ${CROWD + 1})`),
  );
  const [row, stage] = [people[0], stageRows[0]];
  if (!row || !stage || undone.length > 0) return null;
  const person = personOf(row);
  if (!person) return null;
  const job = row.jobId && row.jobTitle ? { id: row.jobId, title: row.jobTitle } : null;
  const campaign = row.campaignId && row.campaignName ? { id: row.campaignId, name: row.campaignName } : null;
  // The client's own people in the team see what is shared with them, and have no tasks.
  const team = members.filter(({ userRole }) => userRole !== "client_user");
  const kind = row.agentId ? "agent" : "candidate";
  const values = {
    firstName: person.firstName,
    name: person.name,
    stage: stage.name,
    job: job?.title ?? campaign?.name ?? "",
    organization: orgs[0]?.name ?? "",
    reason: detail.reason ?? "",
    // Where it would lead is the person's own page.
    url: "",
  };
  return {
    event,
    detail,
    applicationId,
    pipelineId: row.pipelineId,
    person,
    kind,
    entity:
      row.agentId && !campaign
        ? { type: "agent", id: row.agentId }
        : { type: "application", id: applicationId },
    job,
    campaign,
    unlocked: access.map(({ id }) => id),
    shared: row.shared,
    stage,
    actions,
    team: team.length > 0 ? team : staff,
    recruiter:
      team.find(({ role }) => role === "recruiter") ??
      staff.find(({ id }) => id === (row.jobCreatedBy ?? row.campaignCreatedBy)),
    hiringManager: members.find(({ role }) => role === "hiring_manager"),
    staff,
    batchId: isMove ? event.changeId : null,
    crowd: (crowd[0]?.people ?? 0) > CROWD,
    values,
    ownValues: { ...values, stage: publicNameOf(stage, kind) },
  };
}

function personOf(row: RowOf<typeof selectPerson>): Scene["person"] | null {
  const { agentId, candidateId } = row;
  if (agentId) {
    const firstName = row.agentFirst ?? "";
    const name = `${firstName} ${row.agentLast ?? ""}`.trim();
    return { id: agentId, email: row.agentEmail ?? "", firstName, name, userId: row.agentUser };
  }
  if (!candidateId) return null;
  const firstName = row.candidateFirst ?? "";
  const name = `${firstName} ${row.candidateLast ?? ""}`.trim();
  return { id: candidateId, email: row.candidateEmail ?? "", firstName, name, userId: row.candidateUser };
}
