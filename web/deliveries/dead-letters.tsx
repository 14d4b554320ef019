import "../recruiter/board.css";
import "./deliveries.css";
import { useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import type { DeadLetter } from "../../worker/features/webhooks/schema";
import { Ago } from "../lib/ago";
import { errorText, post } from "../lib/client";
import { useShortcuts } from "../lib/keys";
import { usePages } from "../lib/pages";
import { HelpButton } from "../recruiter/board-tools";
import { WALK_KEYS } from "../recruiter/list-parts";
import { ListTable } from "../recruiter/list-table";
import { ShortcutHelp } from "../recruiter/shortcut-help";
import { Button, Card, type Column, EmptyState, Icon, Page, toast } from "../ui";
import { CALM_MS, usePulse } from "./pulse";
import { ReplayDialog } from "./replay-dialog";
import { useTargets } from "./targets";
import { shortUrl } from "./words";

const isOut = ({ direction }: DeadLetter): boolean => direction === "outgoing";
const pageOf = (letter: DeadLetter): string =>
  isOut(letter) ? `/settings/webhooks/deliveries/${letter.id}` : `/settings/inbox/${letter.id}`;
const retryOf = (letter: DeadLetter): string =>
  `/api/webhooks/${isOut(letter) ? "deliveries" : "inbox"}/${letter.id}/retry`;

/** What was given up in either direction, with the way to run it again. */
export default function DeadLettersScreen() {
  const { route } = useLocation();
  const pages = usePages<DeadLetter>("/api/webhooks/dead-letters", {});
  const targets = useTargets();
  const [busy, setBusy] = useState<string | null>(null);
  const [opened, open] = useState<"replay" | "help" | null>(null);
  const { first, rows } = pages;
  const further = rows.length > (first.data?.data.length ?? 0);
  usePulse(!first.data || further ? null : CALM_MS, first.reload);
  useShortcuts("Dead letters", [
    ...WALK_KEYS,
    { key: "?", label: "Show these keys", run: () => open("help") },
  ]);

  const again = async (letter: DeadLetter) => {
    if (busy) return;
    setBusy(letter.id);
    try {
      await post(retryOf(letter), {});
      first.set((before) => ({ ...before, data: before.data.filter(({ id }) => id !== letter.id) }));
      toast({
        text: isOut(letter) ? "It is on its way again." : "It is being run again.",
        tone: "good",
        action: { label: "Look at it", run: () => route(pageOf(letter)) },
      });
    } catch (error) {
      toast({ text: errorText(error), tone: "warn", seconds: 10 });
    }
    setBusy(null);
  };

  return (
    <Page
      title="Dead letters"
      lead="Deliveries that were given up, and events from outside that can’t be understood. Nothing is lost: mend the cause, then run it again."
      width="full"
      actions={
        <>
          <HelpButton onOpen={() => open("help")} />
          {rows.some(isOut) && (
            <Button icon="history" onClick={() => open("replay")}>
              Send many again
            </Button>
          )}
        </>
      }
    >
      <ListTable
        pages={pages}
        what="The dead letters"
        lines={6}
        caption="Dead letters"
        columns={columns(busy, again)}
        rowKey={({ id }) => id}
        rowName={({ eventType, peer }) => `${eventType ?? "an event"}, ${peer}`}
        onOpen={(letter) => route(pageOf(letter))}
        empty={
          <Card>
            <EmptyState icon="circle-check" title="There are no dead letters">
              Everything got through, or is still being tried. A delivery comes here after five days without
              success, an event from outside when it can’t be understood.
            </EmptyState>
          </Card>
        }
      />
      <ReplayDialog
        open={opened === "replay"}
        initial={{ endpointId: "", eventType: "", status: "exhausted" }}
        targets={targets}
        onClose={() => open(null)}
        onDone={pages.restart}
      />
      <ShortcutHelp open={opened === "help"} onClose={() => open(null)} />
    </Page>
  );
}

function columns(busy: string | null, again: (letter: DeadLetter) => Promise<void>): Column<DeadLetter>[] {
  return [
    {
      key: "event",
      header: "Event",
      cell: (letter) => (
        <>
          <a class="delivery-link" href={pageOf(letter)} tabIndex={-1}>
            {letter.eventType ?? "Unknown type"}
          </a>
          <span class="delivery-under dead-peer">
            <Icon
              name={isOut(letter) ? "arrow-up" : "arrow-down"}
              size={14}
              label={isOut(letter) ? "Outgoing, to" : "Incoming, from"}
            />
            {shortUrl(letter.peer)}
          </span>
          <span class="delivery-under delivery-narrow">{letter.reason}</span>
        </>
      ),
    },
    {
      key: "why",
      header: "Why",
      wide: true,
      cell: ({ reason }) => <span class="dead-reason">{reason}</span>,
    },
    { key: "at", header: "Since", wide: true, width: "8rem", cell: ({ at }) => <Ago at={at} /> },
    {
      key: "again",
      header: "Repair",
      align: "end",
      width: "9rem",
      cell: (letter) => (
        <Button
          size="s"
          class="dead-again"
          icon={isOut(letter) ? "send" : "refresh-cw"}
          busy={busy === letter.id}
          onClick={() => void again(letter)}
        >
          {isOut(letter) ? "Send again" : "Run again"}
          <span class="sr-only"> {letter.eventType ?? "this event"}</span>
        </Button>
      ),
    },
  ];
}
