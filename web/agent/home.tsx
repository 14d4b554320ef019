import type { AgentHome as Home } from "../../worker/features/agents/schema";
import type { Me } from "../../worker/features/users/schema";
import { errorText } from "../lib/client";
import { absolute } from "../lib/time";
import { Loading, Page, Skeleton, Trouble } from "../ui";
import { HomeBody } from "./home-body";
import { sinceDay, standing } from "./standing";
import { useLiveHome } from "./use-live-home";

/** An agent's first screen: where I stand, what is next, what waits on whom. It changes as others act. */
export function AgentHome({ person }: { person: Me }) {
  const { data, error, reload, news, onNewsRead } = useLiveHome<Home>("/api/me/home", person);
  if (!data) return <HomeWaiting error={error} onRetry={reload} />;
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
      <HomeBody person={person} home={data} news={news} onNewsRead={onNewsRead} onSent={reload} />
    </Page>
  );
}

/** A home that is not there yet, or could not be loaded. */
export function HomeWaiting({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  return (
    <Page title="Home" heading={error ? "Home" : <Unknown />}>
      {error ? (
        <Trouble title="Your home could not be loaded" onRetry={onRetry}>
          {errorText(error)}
        </Trouble>
      ) : (
        <Waiting />
      )}
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
