import { useEffect, useRef, useState } from "preact/hooks";
import type { Campaign } from "../../worker/features/campaigns/schema";
import type { LiveEvent } from "../../worker/features/pipelines/schema";
import { POLL_SECONDS } from "../../worker/features/pipelines/words";
import type { Page } from "../../worker/http/shapes";
import { get } from "../lib/client";
import { type Loaded, useLoad } from "../lib/load";
import { useBackOnline } from "../shell/back-online";
import { onOwnEvents, ownState } from "../shell/own-channel";

const concerns = ({ type }: LiveEvent) =>
  /^(campaign|application|agent|document|evaluation|onboarding)\./.test(type);

/** Reads again whenever something happens that may open or close a campaign. */
export function useCampaignNews(reload: () => void): void {
  useBackOnline(reload);
  useEffect(
    () =>
      onOwnEvents((events) => {
        if (events.length === 0 || events.some(concerns)) reload();
      }),
    [reload],
  );
  // Without a socket only news of the pool are asked for; campaigns are looked at anew.
  const polling = ownState.value === "polling";
  useEffect(() => {
    if (!polling) return;
    const timer = setInterval(reload, POLL_SECONDS * 1000);
    return () => clearInterval(timer);
  }, [polling, reload]);
}

const VIEWS = ["mine", "eligible", "missing"] as const;
type View = (typeof VIEWS)[number];

export interface OwnCampaigns {
  loaded: Loaded<Record<View, Page<Campaign>>>;
  /** Ids of those that have opened up while one looks. */
  opened: ReadonlySet<string>;
  /** Shows more of each part. */
  more: (() => void) | null;
}

const FIRST = 30;
const MOST = 200;

/** An agent's campaigns in their three parts, live. */
export function useOwnCampaigns(agentId: string): OwnCampaigns {
  const [limit, setLimit] = useState(FIRST);
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const lacking = useRef<Set<string>>(new Set());
  const loaded = useLoad(
    async (signal) => {
      const [mine, eligible, missing] = await Promise.all(
        VIEWS.map((view) => get<Page<Campaign>>("/api/campaigns", { view, limit }, { signal })),
      );
      return { mine, eligible, missing } as Record<View, Page<Campaign>>;
    },
    [agentId, limit],
  );
  const { data, reload } = loaded;
  useCampaignNews(reload);

  useEffect(() => {
    if (!data) return;
    const fresh = data.eligible.data.filter(({ id }) => lacking.current.has(id));
    lacking.current = new Set(data.missing.data.map(({ id }) => id));
    if (fresh.length > 0) setOpened((before) => new Set([...before, ...fresh.map(({ id }) => id)]));
  }, [data]);

  const longer = VIEWS.some((view) => data?.[view].nextCursor) && limit < MOST;
  return { loaded, opened, more: longer ? () => setLimit(MOST) : null };
}
