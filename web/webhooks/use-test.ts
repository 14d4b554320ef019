import { useEffect, useState } from "preact/hooks";
import type { Delivery, DeliveryLine } from "../../worker/features/webhooks/schema";
import { errorText, get, post } from "../lib/client";
import { toast } from "../ui";

const EVERY_MS = 1000;
/** By then the fast attempts of the schedule are made; later ones are seen on the delivery's page. */
const WATCHED_MS = 90_000;

const DONE: readonly Delivery["status"][] = ["delivered", "exhausted", "cancelled"];

export interface TestSend {
  /** The test that was sent last, as it stands now. */
  delivery: Delivery | null;
  sending: boolean;
  /** Its outcome may still change while one looks. */
  watching: boolean;
  send: () => Promise<void>;
}

/** Sends a test to an endpoint and follows what becomes of it. */
export function useTest(endpointId: string): TestSend {
  const [delivery, setDelivery] = useState<Delivery | null>(null);
  const [since, setSince] = useState<number | null>(null);
  const [sending, setSending] = useState(false);
  const id = delivery?.id;
  const watching = since !== null && delivery !== null && !DONE.includes(delivery.status);

  useEffect(() => {
    if (!watching || !id || since === null) return;
    const stop = new AbortController();
    const look = async () => {
      if (document.visibilityState !== "visible") return;
      try {
        setDelivery(
          await get<Delivery>(`/api/webhooks/deliveries/${id}`, undefined, { signal: stop.signal }),
        );
      } catch {
        // The next look may do better; what is known stays.
      }
      if (Date.now() - since > WATCHED_MS && !stop.signal.aborted) setSince(null);
    };
    void look();
    const timer = setInterval(look, EVERY_MS);
    return () => {
      stop.abort();
      clearInterval(timer);
    };
  }, [watching, id, since]);

  const send = async () => {
    setSending(true);
    try {
      const line = await post<DeliveryLine>(`/api/webhooks/endpoints/${endpointId}/test`, {});
      setDelivery({ ...line, body: null });
      setSince(Date.now());
    } catch (error) {
      toast({ text: errorText(error), tone: "warn", seconds: 10 });
    }
    setSending(false);
  };
  return { delivery, sending, watching, send };
}
