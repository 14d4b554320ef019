import { call, json, type Org, type Person } from "./org";

export interface Step {
  id: string;
  key: string;
  title: string;
  kind: string;
  status: string | null;
  order: number;
  version: number;
  dependsOn: string[];
  waitsFor: string[] | null;
  dueAt: string | null;
  score: number | null;
  attempts: number | null;
  reason: string | null;
  hasCopy: boolean | null;
  hasTemplate: boolean;
  questions: { key: string }[] | null;
  [key: string]: unknown;
}
export interface Steps {
  data: Step[];
  next: string | null;
  complete: boolean | null;
}
export interface Completed {
  step: Step;
  passed: boolean | null;
  next: string | null;
  complete: boolean;
}

/** A good definition of each kind. */
export const KINDS = {
  form: {
    title: "Your bank account",
    kind: "form",
    schema: {
      type: "object",
      properties: { iban: { type: "string", minLength: 5 }, hours: { type: "integer", minimum: 1 } },
      required: ["iban"],
      additionalProperties: false,
    },
  },
  document: { title: "W-9", kind: "document", documentType: "w9" },
  acknowledgement: { title: "Sign the NDA", kind: "acknowledgement", text: "I keep it to myself." },
  video: { title: "Watch the film", kind: "video", url: "https://films.example.com/safety" },
  quiz: {
    title: "Safety quiz",
    kind: "quiz",
    questions: [
      { key: "one", label: "One and one?", answer: 2 },
      { key: "sky", label: "The sky?", options: ["Blue-ish", "Green-ish"], answer: "Blue-ish" },
      { key: "word", label: "The word?", answer: "abracadabra" },
    ],
  },
  external: { title: "Background check", kind: "external", url: "https://checks.example.com" },
} as const;
export const RIGHT = { one: 2, sky: "Blue-ish", word: "abracadabra" };
export const WRONG = { one: 3, sky: "Green-ish", word: "xyz" };

const post = (by: Person, path: string, body: unknown, headers: Record<string, string> = {}) =>
  call("POST", path, { token: by.token, json: body, headers });

/** Defines a step; the answer is unread. */
export const define = (by: Person, body: object) => post(by, "/api/onboarding/steps", body);
/** Defines a step, and it must succeed. */
export const defined = async (by: Person, body: object) => await json<Step>(await define(by, body), 201);
export const change = (by: Person, id: string, body: object, headers: Record<string, string> = {}) =>
  call("PUT", `/api/onboarding/steps/${id}`, { token: by.token, json: body, headers });
export const complete = (
  by: Person,
  stepId: string,
  data?: Record<string, unknown>,
  headers?: Record<string, string>,
) => post(by, `/api/onboarding/${stepId}/complete`, data === undefined ? {} : { data }, headers);
export const completed = async (by: Person, stepId: string, data?: Record<string, unknown>) =>
  await json<Completed>(await complete(by, stepId, data), 200);
export const waive = (by: Person, stepId: string, body: object) =>
  post(by, `/api/onboarding/${stepId}/waive`, body);
export const steps = async (by: Person, agentId?: string) =>
  await json<Steps>(
    await call("GET", `/api/onboarding/steps${agentId ? `?agentId=${agentId}` : ""}`, { token: by.token }),
    200,
  );
/** How an agent's steps stand, by key: `nda:open`. */
export const standing = async (by: Person, agentId?: string) =>
  (await steps(by, agentId)).data.map(({ key, status }) => `${key}:${status}`).join(" ");

/** An organization with an admin, a recruiter and an agent. */
export async function onboardingOrg(org: Org) {
  return {
    org,
    admin: await org.person("admin", "Ann Boss"),
    recruiter: await org.person("recruiter", "Rea Cruz"),
    ada: await org.agent("Ada Lund"),
  };
}
