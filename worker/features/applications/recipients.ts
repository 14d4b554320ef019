import { eq, sql } from "drizzle-orm";
import type { Ctx } from "../../events/context";
import { link } from "../../lib/links";
import { agents } from "../agents/table";
import { candidates } from "../candidates/table";
import type { NewEmail } from "../email/email";
import { isStageMail, render } from "../email/templates";
import { jobs } from "../jobs/table";
import { applications } from "../pipelines/table";

/** Somebody whom a mail can be written to, with what its words need. */
export interface Recipient {
  to: string;
  subject(template: string): string;
  mail(template: string): Pick<NewEmail, "to" | "userId" | "template" | "values">;
}

/** True for a mail that may be written to applicants. */
export const writable = isStageMail;

/** The people of some applications who can be written to, by application. */
export async function recipients(ctx: Ctx, ids: string[]): Promise<Map<string, Recipient>> {
  const [rows, orgs] = await ctx.db.read(
    ctx.db.select(
      {
        id: applications.id,
        stageKey: applications.stageKey,
        jobTitle: jobs.title,
        outline: jobs.stages,
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
      stage: row.outline?.find(({ key }) => key === row.stageKey)?.name ?? row.stageKey,
      job: row.jobTitle ?? "",
      organization: orgs[0]?.name ?? "",
      url: userId ? link(ctx.env, "/home") : "",
      reason: "",
    };
    found.set(row.id, {
      to,
      subject: (template) => (isStageMail(template) ? render(template, values).subject : template),
      mail: (template) => {
        if (!isStageMail(template)) throw new Error(`Not a mail for applicants: ${template}`);
        return { to, userId, template, values };
      },
    });
  }
  return found;
}
