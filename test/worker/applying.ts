import { samplePdf } from "../fixtures/files";
import type { Hiring } from "./hiring";
import { call, type Org, worker } from "./org";

export const PDF = "application/pdf";

export interface Attached {
  field: string;
  bytes?: Uint8Array;
  name?: string;
  as?: string;
}

/** A form as the careers page sends it: flat, with files. */
export function formOf(fields: Record<string, string | string[]>, files: Attached[] = []): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    for (const one of Array.isArray(value) ? value : [value]) form.append(name, one);
  }
  for (const { field, bytes = samplePdf(), name = `${field}.pdf`, as = PDF } of files) {
    form.append(field, new File([new Uint8Array(bytes)], name, { type: as }));
  }
  return form;
}

let count = 0;
/** Somebody whom nobody knows. */
export function somebody(more: Record<string, string> = {}) {
  count += 1;
  return { firstName: "Pia", lastName: `Public ${count}`, email: `pia.${count}@example.com`, ...more };
}
/** Answers that the form of the tests takes. */
export const ANSWERS = { why: "The people", visa: "yes" };

/** Sends the form of an application to the API. */
export async function sendForm(
  org: Org,
  { job }: Pick<Hiring, "job">,
  fields: Record<string, string | string[]>,
  files: Attached[] = [],
  headers: Record<string, string> = {},
): Promise<Response> {
  return await call("POST", "/api/applications", {
    body: formOf({ org: org.slug, job: job.id, ...fields }, files),
    headers,
  });
}

/** The keys of an organization's objects in R2. */
export async function objectsOf(org: Org): Promise<string[]> {
  return (await worker.FILES.list({ prefix: `${org.id}/` })).objects.map((object) => object.key);
}
