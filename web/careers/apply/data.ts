import type { DraftData } from "../../../worker/features/apply/schema";
import { HIDDEN_FIELDS } from "../../../worker/features/apply/words";
import { type Field, valuesOf } from "./fields";

const PERSON = new Set(["firstName", "lastName", "email", "phone"]);

/** What is kept of the form: equal-opportunity answers are not, since they belong to nobody. */
export function dataOf(form: HTMLFormElement, fields: readonly Field[]): DraftData {
  const data: DraftData = { candidateData: {}, formAnswers: {} };
  const source = form.querySelector<HTMLInputElement>('input[name="source"]')?.value;
  if (source) data.source = source;
  for (const field of fields) {
    const values = valuesOf(field);
    if (values.length === 0 || field.asked.kind === "file" || field.name.startsWith("equal-")) continue;
    const several = field.controls.length > 1 && field.controls[0]?.type === "checkbox";
    const value = several ? values : (values[0] ?? "");
    if (field.name === HIDDEN_FIELDS.links) data.candidateData.links = values.join("\n").split(/\s+/);
    else if (PERSON.has(field.name)) data.candidateData[field.name] = value;
    else data.formAnswers[field.name] = value;
  }
  return data;
}
