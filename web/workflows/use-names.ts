import { useMemo } from "preact/hooks";
import type { Campaign } from "../../worker/features/campaigns/schema";
import type { MailTemplateList } from "../../worker/features/workflows/schema";
import type { Page } from "../../worker/http/shapes";
import { get } from "../lib/client";
import { useLoad } from "../lib/load";
import { useTeam } from "../lib/team";
import type { Names } from "./action-words";

/** A mail that a stage can send. */
export type MailTemplate = MailTemplateList["data"][number];

/**
 * What actions refer to: mails, people of the team, and campaigns.
 * @param pool whether it is the agent pool, whose stages can unlock campaigns
 */
export function useNames(pool: boolean) {
  const team = useTeam();
  const loaded = useLoad(
    (signal) => get<MailTemplateList>("/api/workflow-templates/mails", {}, { signal }),
    [],
  );
  const opened = useLoad(
    async (signal) =>
      pool ? (await get<Page<Campaign>>("/api/campaigns", { limit: 200 }, { signal })).data : [],
    [pool],
  );
  const mails = loaded.data?.data ?? [];
  const campaigns = opened.data ?? [];
  const names: Names = useMemo(
    () => ({
      mails: new Map(mails.map(({ key, name }) => [key, name])),
      people: new Map(team.map(({ id, name }) => [id, name])),
      campaigns: new Map(campaigns.map(({ id, name }) => [id, name])),
    }),
    [loaded.data, opened.data, team],
  );
  return { mails, team, campaigns, names };
}
