import type { Campaign, CampaignPlace } from "../../worker/features/campaigns/schema";
import { call, follow, json, newOrg, type Org, type Person } from "./org";

export type Made = Campaign;
export type Agent = Awaited<ReturnType<Org["agent"]>>;

export const post = (by: Person, path: string, body: object = {}) =>
  call("POST", path, { token: by.token, json: body });
export const put = (by: Person, path: string, body: object, headers: Record<string, string> = {}) =>
  call("PUT", path, { token: by.token, json: body, headers });
export const get = async <T = { data: Record<string, unknown>[]; nextCursor: string | null }>(
  by: Person,
  path: string,
) => await json<T>(await call("GET", path, { token: by.token }), 200);

/** An open campaign that anybody may take, unless the fields say otherwise. */
export async function newCampaign(by: Person, fields: object = {}): Promise<Made> {
  const body = { name: "Night desk", seats: 2, status: "open", startDate: "2026-12-01", ...fields };
  return await json<Made>(await post(by, "/api/campaigns", body), 201);
}

export const assign = (by: Person, campaign: Made, agentId: string, more: object = {}) =>
  post(by, `/api/campaigns/${campaign.id}/assign`, { agentId, startDate: campaign.startDate, ...more });

export async function assigned(
  by: Person,
  campaign: Made,
  agentId: string,
): Promise<CampaignPlace & { batchId: string }> {
  return await json(await assign(by, campaign, agentId), 201);
}

/** An organization with its people. */
export async function newDesk() {
  const org = await newOrg();
  const [admin, recruiter, client] = [
    await org.person("admin"),
    await org.person("recruiter"),
    await org.person("client_user", "Cleo Bond"),
  ];
  const agent = await org.agent("Ada Lund");
  await follow();
  return { org, admin, recruiter, client, agent, clientId: client.user.clientId ?? "" };
}
