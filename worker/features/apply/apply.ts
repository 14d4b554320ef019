import type { Ctx } from "../../events/context";
import type { Visitor } from "../sessions/sessions";

/** A file that comes with the application itself. */
export interface SentFile {
  /** `cv`, or the key of the form's question. */
  field: string;
  bytes: Uint8Array;
  fileName: string;
  declaredType: string | null;
}

/** What somebody sends who applies: nothing of it is checked yet. */
export interface ApplyInput {
  /** The job's id or its short name. */
  job: string;
  candidateData: Record<string, unknown>;
  formAnswers: Record<string, unknown>;
  equalOpportunity: Record<string, unknown>;
  /** The version of the form that was seen; the newest if left out. */
  formVersion?: number | undefined;
  source?: string | undefined;
  /** The secret of a draft, whose files come along. */
  draft?: string | undefined;
  files: SentFile[];
  signs: {
    /** `page` for the form of the careers pages, which has a stamp. */
    by: "page" | "api";
    stamp?: string | undefined;
    proof?: string | undefined;
    /** What stood in the field that nobody sees. */
    trap?: string | undefined;
  };
}

/** What became of an application. The outside sees no difference between the two outcomes. */
export interface Applied {
  outcome: "sent" | "held";
  /** The application's id, now or once the team took in a held one. */
  id: string;
  job: { id: string; slug: string; title: string };
  /** The first stage, by name. */
  stage: string;
  appliedAt: string;
}

/**
 * Reads the page's form, or a multipart request to the API of the same fields.
 * @returns the organization's short name, where it was sent, and what is sent to it
 */
export function readApplyForm(
  _form: FormData,
  _by: ApplyInput["signs"]["by"],
  _job?: string,
): Promise<{ org: string | undefined; input: ApplyInput }> {
  throw new Error("not yet");
}

/** The name of the page's field that an error is about: `formAnswers.notice` is `notice`. */
export function fieldOf(path: string): string {
  return path.replace(/^(candidateData|formAnswers)\./, "");
}

/**
 * Takes an application from the public: with its files and answers, in two round trips and a put for each
 * file. One that looks like nobody's is held for the team. The same form sent twice is one application.
 *
 * @throws DomainError `not-found` for the job; `invalid` with everything that must be mended, by path
 * (`candidateData.email`, `formAnswers.<key>`, `cv`); `conflict` for a second application or a job that takes
 * nobody any more; `rate-limited`; `too-large`, `unsupported-type` where a file alone is wrong
 */
export async function submitApplication(_ctx: Ctx, _input: ApplyInput, _visitor: Visitor): Promise<Applied> {
  throw new Error("not yet");
}
