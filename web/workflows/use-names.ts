import { useMemo } from "preact/hooks";
import type { MailTemplateList } from "../../worker/features/workflows/schema";
import { get } from "../lib/client";
import { useLoad } from "../lib/load";
import { useTeam } from "../lib/team";
import type { Names } from "./action-words";

/** A mail that a stage can send. */
export type MailTemplate = MailTemplateList["data"][number];

/** What actions refer to: mails and people of the team. */
export function useNames() {
  const team = useTeam();
  const loaded = useLoad(
    (signal) => get<MailTemplateList>("/api/workflow-templates/mails", {}, { signal }),
    [],
  );
  const mails = loaded.data?.data ?? [];
  const names: Names = useMemo(
    () => ({
      mails: new Map(mails.map(({ key, name }) => [key, name])),
      people: new Map(team.map(({ id, name }) => [id, name])),
    }),
    [loaded.data, team],
  );
  return { mails, team, names };
}
