import type { Application } from "../../worker/features/applications/schema";
import { count, eventsOf } from "./facts";
import { newHiring } from "./hiring";
import { newSource, sent } from "./incoming";
import { call, json, newOrg } from "./org";

/** An organization that hires, a portal that sends to it, and questions to see what became of what it sent. */
export async function newCounter() {
  const org = await newOrg();
  const hiring = await newHiring(org);
  const portal = await newSource(hiring.admin, { name: "Talent Portal" });
  const get = async <T = Record<string, unknown>>(path: string) =>
    await json<T>(await call("GET", path, { token: hiring.recruiter.token }), 200);
  let people = 0;
  return {
    org,
    hiring,
    portal,
    get,
    /** Sends an event and works it off. */
    work: (type: string, data: object, more = {}) => sent(org, portal, type, data, more),
    emailOf: async ({ candidateId }: Pick<Application, "candidateId">) =>
      (await get<{ email: string }>(`/api/candidates/${candidateId}`)).email,
    stageOf: async (id: string) => (await get<{ stage: string }>(`/api/applications/${id}`)).stage,
    /** What an application has come through, without what its entry did. */
    movesOf: async (id: string) =>
      (await eventsOf(id)).filter(({ type }) => type === "application.status_changed"),
    somebody: () => ({ email: `per.son.${++people}@portal.test`, externalId: `p-${people}` }),
  };
}
export type Counter = Awaited<ReturnType<typeof newCounter>>;

/** The time of an event that happened so many minutes from now. */
export const minutes = (n: number) => ({ occurredAt: new Date(Date.now() + n * 60_000).toISOString() });

/** How often an event has had its effect. */
export const effects = (id: string) => count("select count(*) from inbox_effects where inbox_id = ?", id);
