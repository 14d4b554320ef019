import { useEffect, useState } from "preact/hooks";
import type { Replay } from "../../worker/features/webhooks/schema";
import type { DeliveryStatus } from "../../worker/features/webhooks/words";
import { errorText, post } from "../lib/client";
import { Banner, Button, Dialog, Select, TextField, toast } from "../ui";
import { endpointOptions, type Targets, typeOptions } from "./targets";
import { count, STATUS } from "./words";

const HOUR = 60 * 60 * 1000;
/** How far back deliveries are kept. */
const FURTHEST = 30 * 24 * HOUR;

const RANGES = [
  { value: "1", label: "The last hour" },
  { value: "24", label: "The last 24 hours" },
  { value: "168", label: "The last 7 days" },
  { value: "720", label: "The last 30 days" },
  { value: "own", label: "From … to …" },
];
const STATUSES = [
  ...(["exhausted", "cancelled", "parked", "delivered"] as const).map((value) => ({
    value,
    label: STATUS[value].label,
  })),
  { value: "", label: "Every status" },
];

interface Wanted {
  endpointId: string;
  eventType: string;
  status: DeliveryStatus | "";
}

export interface ReplayDialogProps {
  open: boolean;
  initial: Wanted;
  targets: Targets;
  onClose: () => void;
  onDone: () => void;
}

/** Sends all deliveries of a time again, and says before how many these are. */
export function ReplayDialog({ open, onClose, ...props }: ReplayDialogProps) {
  return (
    <Dialog open={open} onClose={onClose} title="Send many deliveries again">
      {open && <ReplayForm onClose={onClose} {...props} />}
    </Dialog>
  );
}

function ReplayForm({ initial, targets, onClose, onDone }: Omit<ReplayDialogProps, "open">) {
  const [wanted, setWanted] = useState<Wanted>(initial);
  const [range, setRange] = useState("24");
  const [own, setOwn] = useState({ from: "", to: "" });
  const [counted, setCounted] = useState<number | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const set = (change: Partial<Wanted>) => setWanted((before) => ({ ...before, ...change }));

  const request = (): Omit<Replay, "dryRun"> | null => {
    const from =
      range === "own" ? (own.from ? new Date(own.from) : null) : new Date(Date.now() - Number(range) * HOUR);
    if (!from) return null;
    // A minute less, so that the oldest hour is no argument about clocks.
    const earliest = Date.now() - FURTHEST + 60_000;
    return {
      ...(wanted.endpointId ? { endpointId: wanted.endpointId } : {}),
      ...(wanted.eventType ? { eventType: wanted.eventType } : {}),
      ...(wanted.status ? { status: wanted.status } : {}),
      from: new Date(range === "own" ? from : Math.max(earliest, from.getTime())).toISOString(),
      ...(range === "own" && own.to ? { to: new Date(own.to).toISOString() } : {}),
    };
  };

  useEffect(() => {
    const asked = request();
    setCounted(null);
    setProblem(null);
    if (!asked) return;
    const stop = new AbortController();
    const timer = setTimeout(() => {
      post<{ count: number }>(
        "/api/webhooks/replay",
        { ...asked, dryRun: true },
        { key: false, signal: stop.signal },
      ).then(
        ({ count: found }) => setCounted(found),
        (error) => !stop.signal.aborted && setProblem(errorText(error)),
      );
    }, 250);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [wanted, range, own]);

  const send = async () => {
    const asked = request();
    if (!asked || busy || !counted) return;
    setBusy(true);
    setProblem(null);
    try {
      const { count: sent } = await post<{ count: number }>("/api/webhooks/replay", {
        ...asked,
        dryRun: false,
      });
      toast({ text: `${count(sent, "delivery", "deliveries")} in line to be sent again.`, tone: "good" });
      onDone();
      onClose();
    } catch (error) {
      setProblem(errorText(error));
      setBusy(false);
    }
  };

  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <p>
        Each goes out with the same webhook-id and body as before, so a receiver that remembers ids takes none
        twice.
      </p>
      <div class="replay-fields">
        <Select
          label="Status"
          value={wanted.status}
          options={STATUSES}
          onValue={(status) => set({ status: status as Wanted["status"] })}
        />
        <Select label="When the event happened" value={range} options={RANGES} onValue={setRange} />
        {range === "own" && (
          <>
            <TextField
              label="From"
              type="datetime-local"
              value={own.from}
              onValue={(from) => setOwn((before) => ({ ...before, from }))}
            />
            <TextField
              label="To"
              type="datetime-local"
              optional
              value={own.to}
              onValue={(to) => setOwn((before) => ({ ...before, to }))}
            />
          </>
        )}
        <Select
          label="Endpoint"
          value={wanted.endpointId}
          options={endpointOptions(targets, wanted.endpointId)}
          onValue={(endpointId) => set({ endpointId })}
        />
        <Select
          label="Event type"
          value={wanted.eventType}
          options={typeOptions(targets, wanted.eventType)}
          onValue={(eventType) => set({ eventType })}
        />
      </div>
      {problem ? (
        <Banner tone="bad" role="alert">
          {problem}
        </Banner>
      ) : (
        <p class="replay-count" role="status">
          {range === "own" && !own.from
            ? "Say from when."
            : counted === null
              ? "Counting…"
              : counted === 0
                ? "No delivery fits. Try a longer time or another status."
                : `${count(counted, "delivery fits", "deliveries fit")}.`}
        </p>
      )}
      <div class="row form-buttons">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="primary" icon="send" busy={busy} disabled={!counted}>
          {counted ? `Send ${count(counted, "delivery", "deliveries")} again` : "Send again"}
        </Button>
      </div>
    </form>
  );
}
