import "../recruiter/board.css";
import "./webhooks.css";
import { useEffect, useMemo, useState } from "preact/hooks";
import { useShortcuts } from "../lib/keys";
import { Find, focusFind } from "../recruiter/board-tools";
import { LoadTrouble } from "../recruiter/trouble";
import { Button, Card, EmptyState, Loading, Page, Skeleton } from "../ui";
import { useCatalogue } from "./event-choice";
import { EventEntry } from "./event-entry";
import { ReceiversCard } from "./receivers-card";
import { grouped } from "./words";

/** Every event that leaves the building, with its fields and an example, and programs that receive them. */
export default function EventsScreen() {
  const catalogue = useCatalogue();
  const [q, setQ] = useState("");
  const [linked] = useState(() => decodeURIComponent(location.hash.slice(1)));
  const entries = catalogue.data?.data;
  const shown = useMemo(() => {
    const words = q.toLowerCase().split(/\s+/).filter(Boolean);
    const matches = (text: string) => words.every((word) => text.toLowerCase().includes(word));
    return entries?.filter(({ type, summary }) => matches(`${type} ${summary}`)) ?? [];
  }, [entries, q]);
  // The entry that a link names comes only now.
  useEffect(() => {
    if (entries && linked) document.getElementById(linked)?.scrollIntoView({ block: "start" });
  }, [entries !== undefined]);
  useShortcuts("Events", [{ key: "/", label: "Find an event", run: focusFind }]);

  return (
    <Page
      title="Events"
      lead="What Portico tells other systems: ids and words, never a CV, pay or an answer to a private question."
      width="full"
      actions={<Find value={q} label="Find an event" placeholder="Find an event" onFind={setQ} />}
    >
      {catalogue.error && !entries ? (
        <LoadTrouble what="The catalogue of events" error={catalogue.error} onRetry={catalogue.reload} />
      ) : !entries ? (
        <Loading label="Loading the events">
          <Card>
            <Skeleton lines={10} />
          </Card>
        </Loading>
      ) : (
        <div class="catalogue">
          <div class="catalogue-groups">
            {q === "" && <Common />}
            {shown.length === 0 && (
              <Card>
                <EmptyState
                  icon="search"
                  title="No event matches"
                  action={<Button onClick={() => setQ("")}>Show all events</Button>}
                >
                  Events are found by their name, like job.posted, and by what they mean.
                </EmptyState>
              </Card>
            )}
            {grouped(shown).map(([group, list]) => (
              <Card key={group} title={group} flush>
                {list.map((entry) => (
                  <EventEntry key={entry.type} entry={entry} open={entry.type === linked} />
                ))}
              </Card>
            ))}
          </div>
          <div class="catalogue-side">
            <ReceiversCard />
          </div>
        </div>
      )}
    </Page>
  );
}

/** What holds for all of them. */
function Common() {
  return (
    <Card title="What every event has">
      <ul class="facts-list">
        <li>
          <code>id</code> is the same however often it is sent, as is the header <code>webhook-id</code>.
        </li>
        <li>
          <code>seq</code> is the order of everything that happened; <code>entity.seq</code> counts what
          happened to one thing, without a gap.
        </li>
        <li>
          <code>webhook-signature</code> is the Base64 of HMAC-SHA256 over{" "}
          <code>webhook-id.webhook-timestamp.body</code>, as{" "}
          <a href="https://www.standardwebhooks.com" target="_blank" rel="noopener">
            Standard Webhooks
          </a>{" "}
          has it: its libraries check it too.
        </li>
        <li>New fields may be added at any time: let be what you don’t know.</li>
      </ul>
    </Card>
  );
}
