import { conflict, invalid } from "../../lib/errors";
import { judgeForm } from "./form";
import { type Paper, standingPaper } from "./progress";
import type { Question } from "./schema";
import type { StepRow } from "./table";
import { MOST_SIGNATURE, PASS_SCORE } from "./words";

/** What becomes of a step by what was sent. */
export interface Judged {
  /** `tried` is a quiz that wasn't passed; `waiting` a document that the team is still to look at. */
  outcome: "completed" | "tried" | "waiting";
  /** What is kept. */
  data: Record<string, unknown>;
  /** Of a quiz, of 100. */
  score?: number;
  signature?: string;
  documentId?: string;
}

/**
 * Judges what was sent for a step by its kind.
 * @param current how the step stands, for a refusal to show
 * @throws DomainError `invalid` with the path of what is wrong, `conflict` where the agent can't complete it
 */
export function judge(
  step: StepRow,
  data: Record<string, unknown>,
  papers: Paper[],
  now: number,
  current?: unknown,
): Judged {
  switch (step.kind) {
    case "form":
      return { outcome: "completed", data: judgeForm(step.schema ?? { type: "object" }, data) };
    case "acknowledgement":
      return { outcome: "completed", data: {}, signature: signatureIn(data) };
    case "video":
      onlyFields(data, []);
      return { outcome: "completed", data: {} };
    case "quiz":
      return judgeQuiz(step, data);
    case "document":
      return judgeDocument(step, data, papers, now);
    case "external":
      throw conflict(
        `"${step.title}" is confirmed by the system in which it is done. You need to do nothing here: it is marked as soon as they tell us.`,
        current,
      );
  }
}

function onlyFields(data: Record<string, unknown>, known: string[]): void {
  const other = Object.keys(data).find((name) => !known.includes(name));
  if (other !== undefined) throw invalid(`data.${other}`, "There is no such field here.");
}

function signatureIn(data: Record<string, unknown>): string {
  onlyFields(data, ["signature"]);
  const signature = typeof data.signature === "string" ? data.signature.trim() : "";
  if (signature.length < 2) throw invalid("data.signature", "Type your full name to sign.");
  if (signature.length > MOST_SIGNATURE || /\p{Cc}/u.test(signature))
    throw invalid("data.signature", `A signature is one line of ${MOST_SIGNATURE} characters at most.`);
  return signature;
}

function judgeQuiz(step: StepRow, data: Record<string, unknown>): Judged {
  onlyFields(data, ["answers"]);
  const { answers } = data;
  if (answers === null || typeof answers !== "object" || Array.isArray(answers))
    throw invalid("data.answers", "Send an answer to each question, by its key.");
  const given = answers as Record<string, unknown>;
  const questions = step.questions ?? [];
  const unknown = Object.keys(given).find((key) => !questions.some((question) => question.key === key));
  if (unknown !== undefined) throw invalid(`data.answers.${unknown}`, "There is no such question here.");
  const right = questions.filter((question) => isRight(question, given[question.key])).length;
  const score = questions.length === 0 ? 100 : Math.round((10_000 * right) / questions.length) / 100;
  const outcome = score >= (step.passScore ?? PASS_SCORE) ? "completed" : "tried";
  return { outcome, data: { answers: given }, score };
}

/** @throws DomainError `invalid` for what is no answer at all */
function isRight({ key, options, answer }: Question, given: unknown): boolean {
  const path = `data.answers.${key}`;
  if (given === undefined || given === null || given === "") throw invalid(path, "Answer this question.");
  if (typeof given !== "string" && typeof given !== "number" && typeof given !== "boolean")
    throw invalid(path, "An answer is a text, a number, or yes or no.");
  if (typeof given === "string" && given.length > 500)
    throw invalid(path, "An answer may have 500 characters at most.");
  if (options && !options.includes(String(given).trim())) throw invalid(path, "Choose one of the options.");
  return plain(given) === plain(answer);
}

const plain = (value: unknown) => String(value).trim().replace(/\s+/g, " ").toLowerCase();

function judgeDocument(step: StepRow, data: Record<string, unknown>, papers: Paper[], now: number): Judged {
  onlyFields(data, ["documentId"]);
  const approved = standingPaper(step.documentType, papers, now);
  if (approved) return { outcome: "completed", data: {}, documentId: approved.id };
  if (papers.some(({ type, status }) => type === step.documentType && status === "pending"))
    return { outcome: "waiting", data: {} };
  throw invalid(
    "data",
    `Upload the document for "${step.title}" first. The step is complete once it is approved.`,
  );
}
