import { eq, sql } from "drizzle-orm";
import type { Ctx } from "../../events/context";
import { agents } from "../agents/table";
import { candidates } from "../candidates/table";
import type { NewEmail } from "../email/email";
import { isStageMail, leadsSomewhere, render } from "../email/templates";
import { jobs } from "../jobs/table";
import { publicNameOf } from "../pipelines/public-words";
import { applications, stages } from "../pipelines/table";
import { ownPageWithLogin } from "../status/links";

/** Somebody whom a mail can be written to, with what its words need. */
export interface Recipient {
  to: string;
  /** They have no login, so that this mail's button needs a personal link. */
  needsLink(template: string): boolean;
  subject(template: string): string;
  /** @param url their personal link, where one is needed */
  mail(template: string, url?: string): Pick<NewEmail, "to" | "userId" | "template" | "values">;
}

/** True for a mail that may be written to applicants. */
export const writable = isStageMail;

/** The people of some applications who can be written to, by application. */
export async function recipients(ctx: Ctx, ids: string[]): Promise<Map<string, Recipient>> {
  const [rows, orgs] = await ctx.db.read(
    ctx.db.select(
      {
        id: applications.id,
        name: stages.name,
        publicName: stages.publicName,
        status: stages.status,
        kind: stages.kind,
        jobTitle: jobs.title,
        candidateEmail: candidates.email,
        candidateName: candidates.firstName,
        candidateLast: candidates.lastName,
        candidateUser: candidates.userId,
        agentEmail: agents.email,
        agentName: agents.firstName,
        agentLast: agents.lastName,
        agentUser: agents.userId,
      },
      applications,
      {
        where: sql`${applications.id} in (select value from json_each(${JSON.stringify(ids)}))`,
        join: [
          { table: stages, on: eq(stages.id, applications.stageId) },
          { table: jobs, on: eq(jobs.id, applications.jobId), left: true },
          { table: candidates, on: eq(candidates.id, applications.candidateId), left: true },
          { table: agents, on: eq(agents.id, applications.agentId), left: true },
        ],
      },
    ),
    ctx.db.organization(),
  );
  const found = new Map<string, Recipient>();
  for (const row of rows) {
    const to = row.candidateEmail ?? row.agentEmail;
    if (!to) continue;
    const userId = row.candidateUser ?? row.agentUser;
    const firstName = row.candidateName ?? row.agentName ?? "";
    const values = {
      firstName,
      name: `${firstName} ${row.candidateLast ?? row.agentLast ?? ""}`.trim(),
      stage: publicNameOf(row, row.candidateEmail === null ? "agent" : "candidate"),
      job: row.jobTitle ?? "",
      organization: orgs[0]?.name ?? "",
      url: userId ? ownPageWithLogin(ctx.env, row.agentUser ? "agent" : "candidate", row.id) : "",
      reason: "",
    };
    found.set(row.id, {
      to,
      needsLink: (template) => userId === null && row.candidateEmail !== null && leadsSomewhere(template),
      subject: (template) => (isStageMail(template) ? render(template, values).subject : template),
      mail: (template, url) => {
        if (!isStageMail(template)) throw new Error(`Not a mail for applicants: ${template}`);
        return { to, userId, template, values: url === undefined ? values : { ...values, url } };
      },
    });
  }
  return found;
}
