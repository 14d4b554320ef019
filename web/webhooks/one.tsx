import "./webhooks.css";
import { useEffect, useState } from "preact/hooks";
import { useLocation, useRoute } from "preact-iso";
import type { DeliveryLine, Endpoint, EndpointWithSecret } from "../../worker/features/webhooks/schema";
import type { Page as PageOf } from "../../worker/http/shapes";
import { CALM_MS, QUICK_MS, usePulse } from "../deliveries/pulse";
import { shortUrl } from "../deliveries/words";
import { del, errorText, get, patch, post } from "../lib/client";
import { useLoad } from "../lib/load";
import { LoadTrouble } from "../recruiter/trouble";
import { Button, Card, Loading, Menu, type MenuEntry, Page, Skeleton, StatusPill, toast } from "../ui";
import { AskDialog, type Asked } from "./endpoint-ask";
import { EditEndpoint } from "./endpoint-edit";
import { EndpointCounts, EndpointFacts } from "./endpoint-facts";
import { EndpointState } from "./endpoint-state";
import { ReceiversCard } from "./receivers-card";
import { Recent } from "./recent";
import { SecretDialog } from "./secret-dialog";
import { TestCard } from "./test-card";
import { useTest } from "./use-test";
import { SECRET_STEPS, stateOf } from "./words";

const NEWEST = 8;

/** One endpoint: how it is, what it got lately, and all that can be done with it. */
export default function EndpointScreen() {
  const { params } = useRoute();
  return <OneEndpoint key={params.id} id={params.id ?? ""} />;
}

function OneEndpoint({ id }: { id: string }) {
  const { route } = useLocation();
  const path = `/api/webhooks/endpoints/${id}`;
  const loaded = useLoad((signal) => get<Endpoint>(path, {}, { signal }), [id]);
  const deliveries = useLoad(
    (signal) =>
      get<PageOf<DeliveryLine>>("/api/webhooks/deliveries", { endpointId: id, limit: NEWEST }, { signal }),
    [id],
  );
  const [asked, ask] = useState<Asked | null>(null);
  const [editing, setEditing] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const test = useTest(id);
  const endpoint = loaded.data;
  const renew = () => {
    loaded.reload();
    deliveries.reload();
  };
  // The outcome of a test counts among the others at once.
  const outcome = test.delivery && `${test.delivery.id} ${test.delivery.status}`;
  useEffect(() => {
    if (outcome) renew();
  }, [outcome]);
  usePulse(endpoint ? (test.watching ? QUICK_MS : CALM_MS) : null, renew);

  const act = async (what: () => Promise<unknown>, said: string) => {
    setBusy(true);
    try {
      await what();
      toast({ text: said, tone: "good" });
    } catch (error) {
      toast({ text: errorText(error), tone: "warn", seconds: 10 });
    }
    setBusy(false);
    ask(null);
    renew();
  };
  const turnOn = (said: string) => void act(() => post(`${path}/enable`, {}), said);
  const yes = async (what: Asked) => {
    if (what === "off") return await act(() => patch(path, { status: "disabled" }), "The endpoint is off.");
    if (what === "rotate") {
      return await act(async () => {
        const made = await post<EndpointWithSecret>(`${path}/rotate-secret`, {});
        setSecret(made.secret);
      }, "There is a new secret.");
    }
    setBusy(true);
    try {
      await del(path);
      toast({ text: "The endpoint is removed.", tone: "good" });
      route("/settings/webhooks");
    } catch (error) {
      toast({ text: errorText(error), tone: "warn", seconds: 10 });
      setBusy(false);
      ask(null);
    }
  };

  if (!endpoint) {
    return (
      <Page title="Endpoint" width="full">
        {loaded.error ? (
          <LoadTrouble what="This endpoint" error={loaded.error} onRetry={loaded.reload} />
        ) : (
          <Loading label="Loading the endpoint">
            <Card>
              <Skeleton lines={8} />
            </Card>
          </Loading>
        )}
      </Page>
    );
  }
  const on = endpoint.status === "enabled";
  const state = stateOf(endpoint);
  const items: MenuEntry[] = [
    { label: "Change…", icon: "pencil", onSelect: () => setEditing(true) },
    { label: "New secret…", icon: "key-round", onSelect: () => ask("rotate") },
    ...(on ? [{ label: "Turn off…", icon: "lock" as const, onSelect: () => ask("off") }] : []),
    { separator: true },
    { label: "Remove…", icon: "trash-2", danger: true, onSelect: () => ask("remove") },
  ];
  return (
    <Page
      title={shortUrl(endpoint.url)}
      heading={<span class="endpoint-title">{shortUrl(endpoint.url)}</span>}
      lead={
        <span class="row">
          <StatusPill tone={state.tone} icon={state.icon}>
            {state.label}
          </StatusPill>
          {endpoint.description && <span>{endpoint.description}</span>}
        </span>
      }
      width="full"
      actions={
        <>
          {on ? (
            <Button variant="primary" icon="send" busy={test.sending} onClick={() => void test.send()}>
              Send a test
            </Button>
          ) : (
            <Button
              variant="primary"
              icon="check"
              busy={busy}
              onClick={() => turnOn("It is on: events are sent from now on.")}
            >
              Turn on
            </Button>
          )}
          <Menu
            label="More about this endpoint"
            trigger={<Button icon="ellipsis">More</Button>}
            items={items}
          />
        </>
      }
    >
      <EndpointState
        endpoint={endpoint}
        busy={busy}
        onMended={() => turnOn("What was held back is on its way, the oldest first.")}
      />
      <div class="endpoint">
        <div class="endpoint-main">
          {test.delivery && <TestCard delivery={test.delivery} watching={test.watching} />}
          <EndpointCounts endpoint={endpoint} />
          <Recent endpointId={id} deliveries={deliveries} />
        </div>
        <div class="endpoint-side">
          <EndpointFacts endpoint={endpoint} />
          {endpoint.counts.delivered ? null : <ReceiversCard />}
        </div>
      </div>
      <EditEndpoint
        endpoint={editing ? endpoint : null}
        onClose={() => setEditing(false)}
        onSaved={(next) => {
          loaded.set(() => next);
          setEditing(false);
          toast({ text: "Saved. It counts from the next event on.", tone: "good" });
        }}
      />
      <AskDialog asked={asked} endpoint={endpoint} busy={busy} onClose={() => ask(null)} onYes={yes} />
      <SecretDialog
        secret={secret}
        title="The new secret"
        name="Signing secret"
        steps={[
          "Put it into the receiver in place of the old one. For 24 hours either of them fits.",
          ...SECRET_STEPS.slice(1),
        ]}
        onClose={() => setSecret(null)}
      />
    </Page>
  );
}
