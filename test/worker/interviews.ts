import type { Application } from "../../worker/features/applications/schema";
import type { Interview } from "../../worker/features/interviews/schema";
import type { InterviewAction } from "../../worker/features/interviews/words";
import { applicant, type Hiring } from "./hiring";
import { call, json, type Person } from "./org";

export const HOUR = 3_600_000;
/** The full hour that begins `hours` from now, as the API takes it. */
export const inHours = (hours: number) =>
  new Date(Math.ceil(Date.now() / HOUR) * HOUR + hours * HOUR).toISOString();

let used = 24;
/** An hour that no other interview of the file takes. */
export function freeHour(): string {
  used += 2;
  return inHours(used);
}

export const slot = (id: string, start = freeHour()) => ({ id, start });

/** Sets up an interview for somebody new, with one time to choose. */
export async function newInterview(
  { recruiter, job }: Hiring,
  more: Record<string, unknown> = {},
): Promise<{ application: Application; interview: Interview }> {
  const application = await applicant(recruiter, job);
  const shared = { token: recruiter.token, json: { sharedWithClient: true } };
  await json(await call("PATCH", `/api/applications/${application.id}`, shared), 200);
  const body = { applicationId: application.id, proposedSlots: [slot("a")], ...more };
  const interview = await json<Interview>(
    await call("POST", "/api/interviews", { token: recruiter.token, json: body }),
    201,
  );
  return { application, interview };
}

/** One step of an interview, unread. */
export function step(
  by: Person | null,
  id: string,
  action: InterviewAction | "feedback",
  body: Record<string, unknown> = action === "book-slot" ? { slotId: "a" } : {},
  headers: Record<string, string> = {},
): Promise<Response> {
  return call("POST", `/api/interviews/${id}/${action}`, { token: by?.token, json: body, headers });
}

/** Steps that must succeed; the interview after the last of them. */
export async function steps(by: Person, id: string, ...actions: InterviewAction[]): Promise<Interview> {
  let last: Interview | undefined;
  for (const action of actions) last = await json<Interview>(await step(by, id, action), 200);
  if (!last) throw new Error("Name at least one step.");
  return last;
}
