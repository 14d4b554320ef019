import { and, eq, or, sql } from "drizzle-orm";
import { emptyViolation, uniqueViolation } from "../../db/database";
import { commit } from "../../events/commit";
import type { Ctx } from "../../events/context";
import { conflict, DomainError, invalid, notFound } from "../../lib/errors";
import { newId } from "../../lib/ids";
import { candidates } from "../candidates/table";
import { WORKING_STATUSES } from "../jobs/words";
import { applications } from "../pipelines/table";
import { namesOf } from "../users/register";
import { readAnswers } from "./answers";
import { presentApplication, selectApplications } from "./applications";
import { entryOf, placed, selectEntry } from "./entry";
import type { Application, NewApplication } from "./schema";

type Input = Omit<NewApplication, "org"> & { source: string };

/** A second application leads to the first one. */
const known = (first: Application) =>
  conflict(`${first.name} stands in ${first.stageName} of this job already.`, first);

/**
 * Puts somebody into a job's pipeline for the team: a known person, or a new one who is made with it. Answers
 * are typed as the form asks; those it lacks are kept, and an answer never rejects anybody.
 *
 * @param show makes of the application what the verb answers
 * @param again false in the second try, after somebody else made the same person
 * @throws DomainError `not-found`; `invalid` for answers; `conflict` for a second application or a job that
 * takes nobody
 */
export async function createApplication<R>(
  ctx: Ctx,
  input: Input,
  show: (application: Application) => R,
  again = true,
): Promise<R> {
  const email = input.candidateData?.email ?? "";
  const wanted = { job: input.job, candidateId: input.candidateId, email };
  const entry = entryOf(undefined, await ctx.db.read(...selectEntry(ctx, wanted)));
  const { job, order, person, before } = entry;
  if (!WORKING_STATUSES.includes(job.status)) {
    throw conflict(`This job is ${job.status.replace("_", " ")}. Open it again to add people.`);
  }
  if (input.candidateId && !person) throw notFound("candidate");
  const stage =
    input.stage === undefined
      ? order.find(({ kind }) => kind === "open")
      : order.find(({ key }) => key === input.stage);
  if (!stage) {
    throw invalid("stage", `This job has no such stage. It has: ${order.map(({ key }) => key).join(", ")}.`);
  }
  if (before) throw known(presentApplication(ctx, before, order));
  const answers = readAnswers(entry.form?.fields ?? [], input.formAnswers, false);
  if (answers.errors.length > 0) {
    const detail = answers.errors.map(({ message }) => message).join(" ");
    throw new DomainError("invalid", detail.slice(0, 500), { errors: answers.errors });
  }
  const { email: _email, ...said } = input.candidateData ?? { email };
  // What is said of a known person is kept beside what their profile says.
  if (person && Object.keys(said).length > 0) answers.extra.candidateData = said;
  const { name, firstName, lastName, ...rest } = said;
  const changeId = newId("chg", ctx.now());
  const made = placed(
    ctx,
    entry,
    {
      stage,
      candidate: input.candidateData
        ? {
            ...rest,
            ...namesOf({ name, firstName, lastName }),
            email,
            source: rest.source ?? input.source,
          }
        : null,
      answers,
      formVersion: job.formVersion,
      source: input.source,
      statuses: WORKING_STATUSES,
    },
    changeId,
  );
  try {
    return await commit(ctx, { ...made, id: changeId, result: show(made.application) });
  } catch (error) {
    if (emptyViolation(error) && again) return await createApplication(ctx, input, show, false);
    const clash = uniqueViolation(error);
    if (clash === null) throw error;
    // Somebody took the same person in at this moment, for this job or another: with them it goes on.
    if (clash.startsWith("candidates.") && again) return await createApplication(ctx, input, show, false);
    // Twice at the same moment: the other one is there now, and this one hears of it.
    const [there] = await ctx.db.read(
      selectApplications(
        ctx,
        and(
          eq(applications.pipelineId, job.pipelineId),
          or(
            eq(applications.candidateId, made.who.id),
            sql`${applications.candidateId} = (select id from ${candidates} where org_id = ${ctx.orgId} and email = ${email})`,
          ),
        ),
      ),
    );
    throw there[0] ? known(presentApplication(ctx, there[0], order)) : error;
  }
}
