import "./deliveries.css";
import { useState } from "preact/hooks";
import { useRoute } from "preact-iso";
import type { Delivery, Endpoint } from "../../worker/features/webhooks/schema";
import { errorText, get, ProblemError, post } from "../lib/client";
import { useShortcuts } from "../lib/keys";
import { useLoad } from "../lib/load";
import { HelpButton } from "../recruiter/board-tools";
import { ShortcutHelp } from "../recruiter/shortcut-help";
import { LoadTrouble } from "../recruiter/trouble";
import { Button, Card, Loading, Page, Skeleton, toast } from "../ui";
import { Attempts } from "./attempts";
import { Exchange } from "./exchange";
import { Facts } from "./facts";
import { CALM_MS, FAST_MS, QUICK_MS, usePulse } from "./pulse";
import { Summary } from "./summary";
import { hostOf, newest } from "./words";

/** One delivery as a page: what happened, why, what next, and everything that was tried. */
export default function DeliveryScreen() {
  const { params } = useRoute();
  return <OneDelivery key={params.id} id={params.id ?? ""} />;
}

interface Data {
  delivery: Delivery;
  endpoint: Endpoint | null;
}

function OneDelivery({ id }: { id: string }) {
  const path = `/api/webhooks/deliveries/${id}`;
  const loaded = useLoad<Data>(
    async (signal) => {
      const delivery = await get<Delivery>(path, {}, { signal });
      const endpoint = await get<Endpoint>(
        `/api/webhooks/endpoints/${delivery.endpointId}`,
        {},
        { signal },
      ).catch((error) => {
        // A removed endpoint leaves its deliveries behind.
        if (error instanceof ProblemError && error.status === 404) return null;
        throw error;
      });
      return { delivery, endpoint };
    },
    [id],
  );
  const [chosen, choose] = useState<number | null>(null);
  const [busy, setBusy] = useState(false);
  const [help, setHelp] = useState(false);
  const delivery = loaded.data?.delivery;
  usePulse(pulseOf(loaded.data), loaded.reload);

  const attempts = delivery ? [...delivery.attempts].sort((one, other) => other.n - one.n) : [];
  const attempt = attempts.find(({ n }) => n === chosen) ?? attempts[0];

  const again = async () => {
    if (!delivery || busy) return;
    setBusy(true);
    try {
      await post(`${path}/retry`, {});
      choose(null);
      toast({ text: `It is on its way to ${hostOf(delivery.endpointUrl)} again.`, tone: "good" });
    } catch (error) {
      toast({ text: errorText(error), tone: "warn", seconds: 10 });
    }
    setBusy(false);
    loaded.reload();
  };
  const step = (by: number) => {
    const at = attempts.findIndex(({ n }) => n === attempt?.n);
    const next = attempts[at + by];
    if (next) choose(next.n);
  };
  useShortcuts("Delivery", [
    { key: "r", label: "Send it again", run: () => void again() },
    { key: "j", label: "Attempt before this one", run: () => step(1) },
    { key: "k", label: "Attempt after this one", run: () => step(-1) },
    { key: "?", label: "Show these keys", run: () => setHelp(true) },
  ]);

  if (!loaded.data || !delivery) {
    return (
      <Page title="Delivery" width="full">
        {loaded.error ? (
          <LoadTrouble what="This delivery" error={loaded.error} onRetry={loaded.reload} />
        ) : (
          <Loading label="Loading the delivery">
            <div class="stack">
              <Card>
                <Skeleton lines={5} />
              </Card>
              <Skeleton height="16rem" />
            </div>
          </Loading>
        )}
      </Page>
    );
  }
  return (
    <Page
      title={`Delivery of ${delivery.eventType}`}
      heading={
        <>
          <code>{delivery.eventType}</code> to {hostOf(delivery.endpointUrl)}
        </>
      }
      width="full"
      actions={<HelpButton onOpen={() => setHelp(true)} />}
    >
      <div class="delivery">
        <Summary delivery={delivery} endpoint={loaded.data.endpoint}>
          <Button variant="primary" icon="send" busy={busy} onClick={() => void again()}>
            {delivery.status === "pending" || delivery.status === "parked" ? "Send now" : "Send again"}
          </Button>
        </Summary>
        <div class="delivery-parts">
          <div class="delivery-side">
            <Attempts attempts={attempts} status={delivery.status} chosen={attempt?.n} onChoose={choose} />
            <Facts delivery={delivery} />
          </div>
          <section class="delivery-exchange" aria-label={attempt ? `Attempt ${attempt.n}` : "What is sent"}>
            <h2>
              {attempt ? (
                <>
                  Attempt {attempt.n}
                  {attempt !== newest(delivery) && <span class="quiet"> of {attempts.length}</span>}
                </>
              ) : (
                "What is sent"
              )}
            </h2>
            <Exchange delivery={delivery} attempt={attempt} />
          </section>
        </div>
      </div>
      <ShortcutHelp open={help} onClose={() => setHelp(false)} />
    </Page>
  );
}

/** How often the page looks for news: every few seconds while something is about to happen. */
function pulseOf(data: Data | undefined): number | null {
  if (!data) return null;
  const { delivery, endpoint } = data;
  const next =
    delivery.status === "pending"
      ? delivery.nextAt
      : delivery.status === "parked"
        ? endpoint?.probeAt
        : undefined;
  if (delivery.status !== "pending" && delivery.status !== "parked") return null;
  const left = next ? Date.parse(next) - Date.now() : 0;
  // What was due long ago waits for others, or for a sweep.
  if (left < 2000 && left > -30_000) return FAST_MS;
  return left > 60_000 ? CALM_MS : QUICK_MS;
}
