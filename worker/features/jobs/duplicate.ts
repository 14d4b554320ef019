import { asc, eq, type SQL, sql } from "drizzle-orm";
import type { Ctx } from "../../events/context";
import { notFound } from "../../lib/errors";
import { clients } from "../clients/table";
import { stageActions, stages } from "../pipelines/table";
import { sentStages } from "../workflows/pipeline";
import { selectForm } from "./form";
import { selectJobs } from "./jobs";
import { activeClient, makeJob, withFreeSlug } from "./new-job";
import type { Job } from "./schema";
import { bareSlug, bareSlugOf, freeSlug, selectSlugs, slugOf } from "./slug";
import { jobs } from "./table";
import { mayWorkOn, presentMember, selectTeam } from "./team";

/**
 * Makes a draft like another job: with its form, its team and the stages of its pipeline as they stand now.
 * @throws DomainError `not-found`, `conflict` where its client is inactive
 */
export async function duplicateJob(ctx: Ctx, id: string): Promise<Job> {
  const its = (column: string): SQL =>
    sql`(select ${sql.raw(column)} from ${jobs} where org_id = ${ctx.orgId} and id = ${id})`;
  const itsPipeline = its("pipeline_id");
  return await withFreeSlug(async () => {
    const [rows, clientRows, slugs, forms, team, order, actions] = await ctx.db.read(
      selectJobs(ctx, eq(jobs.id, id)),
      ctx.db.rows(clients, { where: sql`${clients.id} = ${its("client_id")}` }),
      selectSlugs(ctx, bareSlugOf(its("slug"))),
      selectForm(ctx, id),
      selectTeam(ctx, id),
      ctx.db.rows(stages, {
        where: sql`${stages.pipelineId} = ${itsPipeline}`,
        orderBy: asc(stages.position),
      }),
      ctx.db.rows(stageActions, {
        where: sql`${stageActions.stageId} in (select id from ${stages}
          where org_id = ${ctx.orgId} and pipeline_id = ${itsPipeline})`,
        orderBy: [asc(stageActions.stageId), asc(stageActions.position)],
      }),
    );
    const source = rows[0];
    if (!source) throw notFound("job");
    const client = activeClient(ctx, clientRows[0]);
    // A number at the end of a slug may be one of the title's own, or what made it unique.
    const own = slugOf(source.title);
    const base = own === source.slug ? own : bareSlug(source.slug);
    const { clientId, title, description, department, location, remote, employmentType } = source;
    const { experienceMin, experienceMax, salaryMin, salaryMax, salaryCurrency } = source;
    const { requiredSkills, niceToHaveSkills, priority, openings, startDate } = source;
    return await makeJob(
      ctx,
      {
        job: {
          ...{ clientId, title, description, department, location, remote, employmentType },
          ...{ experienceMin, experienceMax, salaryMin, salaryMax, salaryCurrency },
          ...{ requiredSkills, niceToHaveSkills, priority, openings, startDate },
          status: "draft",
        },
        slug: freeSlug(
          base,
          slugs.map(({ slug }) => slug),
        ),
        client,
        templateId: source.templateId,
        stages: sentStages(order, actions),
        form: forms[0]?.fields,
        // Whoever left the team since has no part in the copy.
        team: team.filter((one) => mayWorkOn(one, clientId)).map((one) => presentMember(one, one.role)),
      },
      ({ job }) => job,
    );
  });
}
