import { DomainError, type FieldError, invalid } from "../../lib/errors";
import { type ReadAnswers, readAnswers } from "../applications/answers";
import type { Entry } from "../applications/entry";
import { CandidateData } from "../applications/schema";
import type { FormField } from "../jobs/schema";
import type { ApplyInput } from "./apply";
import type { Filed, takeAll } from "./files";
import { tooManyFiles } from "./files";
import { APPLY_ANSWERS_MOST, APPLY_FILES_MOST, EQUAL_OPPORTUNITY_QUESTIONS } from "./words";

type Person = (typeof CandidateData)["_output"];
export interface LookedPerson {
  data: Person | null;
  errors: FieldError[];
}

/** Who somebody says they are: nothing that the team decides, and no word of tags. */
export function readPerson(input: Pick<ApplyInput, "candidateData">): LookedPerson {
  const { tags: _tags, source: _source, ...said } = input.candidateData;
  const read = CandidateData.safeParse(said);
  if (read.success) return { data: read.data, errors: [] };
  const errors = read.error.issues.flatMap((issue): FieldError[] =>
    issue.code === "unrecognized_keys"
      ? issue.keys.map((key) => ({ path: `candidateData.${key}`, message: "There is no such field here." }))
      : [{ path: ["candidateData", ...issue.path].join("."), message: issue.message }],
  );
  return { data: null, errors };
}

/** An application that can be taken as it is. */
export interface Checked {
  person: Person;
  stage: Entry["order"][number];
  formVersion: number;
  answers: ReadAnswers;
  equalOpportunity: Record<string, string>;
}

/**
 * Looks at everything that was sent, by the form as the person saw it.
 * @throws DomainError with all that must be mended
 */
export function check(
  entry: Entry,
  input: ApplyInput,
  person: LookedPerson,
  looked: Awaited<ReturnType<typeof takeAll>>,
  files: readonly Filed[],
): Checked {
  const stage = entry.order.find(({ kind }) => kind === "open");
  if (!stage) throw invalid("job", "This job has no stage to begin in.");
  if (!entry.form)
    throw invalid("formVersion", "There is no such version of this form. Load the page again.");
  const { fields, version } = entry.form;
  const answers = readAnswers(fields, withFiles(fields, input.formAnswers, files), true);
  const equal = readEqualOpportunity(entry, input.equalOpportunity);
  const bad = new Set(looked.errors.map(({ path }) => path));
  const errors = [
    ...person.errors,
    ...looked.errors,
    // A file that is there and wrong isn't missing besides.
    ...answers.errors.filter(({ path }) => !bad.has(path.replace("formAnswers.", ""))),
    ...equal.errors,
    ...tooMany(input, files),
  ];
  if (errors.length > 0 || !person.data) {
    const alone = errors.length === looked.errors.length && looked.errors.length === 1;
    throw new DomainError(alone ? looked.code : "invalid", wordsOf(errors), { errors });
  }
  // What a known person says of themselves now is kept beside: a stranger may write in their name.
  const { email: _email, ...said } = person.data;
  if (entry.person) answers.extra.candidateData = said;
  return { person: person.data, stage, formVersion: version, answers, equalOpportunity: equal.answers };
}

const wordsOf = (errors: readonly FieldError[]) =>
  errors
    .map(({ message }) => message)
    .join(" ")
    .slice(0, 500);

/** Bytes of everything that somebody writes: it must fit into a row. */
const MOST_BYTES = 1_000_000;

function tooMany({ candidateData, formAnswers }: ApplyInput, files: readonly Filed[]): FieldError[] {
  const errors: FieldError[] = [];
  if (Buffer.byteLength(JSON.stringify([candidateData, formAnswers])) > MOST_BYTES) {
    errors.push({ path: "formAnswers", message: "Your answers are longer than 1 MB. Write less." });
  }
  if (files.length > APPLY_FILES_MOST) errors.push({ path: "files", message: tooManyFiles });
  if (Object.keys(formAnswers).length > APPLY_ANSWERS_MOST) {
    errors.push({ path: "formAnswers", message: `At most ${APPLY_ANSWERS_MOST} answers.` });
  }
  return errors;
}

/**
 * Answers with the documents that the files become. A question for a file is answered by one and by nothing
 * else, or somebody could name another person's document.
 */
export function withFiles(
  fields: readonly FormField[],
  given: Record<string, unknown>,
  files: readonly Filed[],
): Record<string, unknown> {
  const asked = new Set(fields.filter(({ type }) => type === "file").map(({ key }) => key));
  const words = Object.entries(given).filter(([key]) => !asked.has(key) && key !== "cv");
  const papers = files
    .filter(({ field }) => field !== "cv")
    .map(({ field, documentId }) => [field, documentId]);
  return Object.fromEntries([...words, ...papers]);
}

/** Voluntary, and only where the organization asks. */
function readEqualOpportunity(entry: Entry, given: Record<string, unknown>) {
  const answers: Record<string, string> = {};
  const errors: FieldError[] = [];
  if (!entry.organization?.asksEqualOpportunity) return { answers, errors };
  for (const [key, value] of Object.entries(given)) {
    const question = EQUAL_OPPORTUNITY_QUESTIONS.find((one) => one.key === key);
    if (value === "" || value === null) continue;
    const known = question?.options.find((option) => option.value === value);
    if (known) answers[key] = known.value;
    else {
      const message = question
        ? `Choose one of: ${question.options.map((option) => option.value).join(", ")}.`
        : "There is no such question here.";
      errors.push({ path: `equalOpportunity.${key}`, message });
    }
  }
  return { answers, errors };
}
