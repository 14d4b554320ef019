import { useEffect, useRef, useState } from "preact/hooks";
import type { AgentHome as Home } from "../../worker/features/agents/schema";
import type { LiveEvent } from "../../worker/features/pipelines/schema";
import type { Me } from "../../worker/features/users/schema";
import { errorText, get } from "../lib/client";
import { useLoad } from "../lib/load";
import { absolute } from "../lib/time";
import { useBackOnline } from "../shell/back-online";
import { onOwnEvents, ownStart, ownState } from "../shell/own-channel";
import { Loading, Page, Skeleton, Trouble } from "../ui";
import { HomeBody } from "./home-body";
import { sinceDay, standing } from "./standing";

/** An agent's first screen: where I stand, what is next, what waits on whom. It changes as others act. */
export function AgentHome({ person }: { person: Me }) {
  const askedLive = useRef(false);
  const home = useLoad(
    (signal) => {
      askedLive.current = ownState.peek() === "live";
      return get<Home>("/api/me/home", undefined, { signal });
    },
    [person.id],
  );
  const [news, setNews] = useState<readonly LiveEvent[]>([]);
  const { reload, data } = home;

  useEffect(
    () =>
      onOwnEvents((events) => {
        if (events.length > 0 && events.every((event) => event.type.startsWith("notification."))) return;
        const others = events.filter((event) => event.actor.id !== person.id);
        if (others.length > 0) setNews(others);
        reload();
      }),
    [reload, person.id],
  );

  // What happened between the answer and the socket's first word came by neither of them.
  const start = ownState.value === "live" ? ownStart.value : undefined;
  const behind = start !== undefined && data !== undefined && data.seq < start && !askedLive.current;
  useEffect(() => {
    if (behind) reload();
  }, [behind, reload]);

  useBackOnline(reload);

  if (!data) {
    return (
      <Page title="Home" heading={home.error ? "Home" : <Unknown />}>
        {home.error ? (
          <Trouble title="Your home could not be loaded" onRetry={reload}>
            {errorText(home.error)}
          </Trouble>
        ) : (
          <Waiting />
        )}
      </Page>
    );
  }
  const { agent } = data;
  return (
    <Page
      title="Home"
      heading={standing(agent, data.stages, person.organization.name)}
      lead={
        <>
          Since{" "}
          <time dateTime={agent.statusSince} title={absolute(agent.statusSince)}>
            {sinceDay(agent.statusSince)}
          </time>
          .
        </>
      }
    >
      <HomeBody person={person} home={data} news={news} onNewsRead={() => setNews([])} onSent={reload} />
    </Page>
  );
}

function Unknown() {
  return (
    <>
      <span class="sr-only">Home</span>
      <Skeleton width="16rem" height="1.2em" />
    </>
  );
}

function Waiting() {
  return (
    <Loading label="Loading your home">
      <div class="stack" style={{ "--gap": "1.5rem" }}>
        <Skeleton height="4rem" />
        <Skeleton height="9rem" />
        <Skeleton height="12rem" />
      </div>
    </Loading>
  );
}
