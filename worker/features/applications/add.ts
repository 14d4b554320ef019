import type { Ctx } from "../../events/context";
import { DomainError } from "../../lib/errors";
import { log, reasonOf } from "../../lib/log";
import { inspected, uploadDocument } from "../documents/upload";
import { createApplication } from "./create";
import type { SentCandidate } from "./cv-body";
import type { AddedApplication } from "./schema";

/**
 * Adds somebody to a job by hand, with their CV where there is one. A file that can't be taken refuses the
 * whole; one that can't be stored leaves the person there and says so.
 * @throws DomainError as `createApplication`, and for the file what it is refused for
 */
export async function addToJob(ctx: Ctx, jobId: string, sent: SentCandidate): Promise<AddedApplication> {
  const { cv } = sent;
  if (cv) inspected(cv, "cv");
  const { candidateId, stage, email, ...fields } = sent.candidate;
  const source = fields.source ?? "added by hand";
  const made = await createApplication(
    // The keyed answer is known only with the CV.
    cv ? { ...ctx, answer: undefined } : ctx,
    {
      job: jobId,
      source,
      formAnswers: {},
      ...(stage ? { stage } : {}),
      ...(candidateId ? { candidateId } : { candidateData: { email: email ?? "", ...fields } }),
    },
    (application): AddedApplication => ({ ...application, documentId: null, documentProblem: null }),
  );
  if (!cv) return made;
  try {
    const document = await uploadDocument(
      { ...ctx, answer: undefined },
      { ...cv, type: "cv", candidateId: made.candidateId ?? "" },
    );
    return { ...made, documentId: document.id };
  } catch (error) {
    log("warn", "cv.not_stored", { reason: reasonOf(error) });
    const why = error instanceof DomainError ? error.message : "The CV could not be stored.";
    return { ...made, documentProblem: `${why} The person is there: upload the CV on their page.` };
  }
}
