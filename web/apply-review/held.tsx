import "../recruiter/agent.css";
import "../applications/applications.css";
import "./apply-review.css";
import { useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import type { Application } from "../../worker/features/applications/schema";
import type { HeldApplication, HeldPage } from "../../worker/features/apply/schema";
import { HELD_STATUSES, type HeldStatus } from "../../worker/features/apply/words";
import { Ago } from "../lib/ago";
import { errorText, ProblemError, post } from "../lib/client";
import { useShortcuts } from "../lib/keys";
import { usePages } from "../lib/pages";
import { queryValue, setQuery } from "../lib/url";
import { HelpButton } from "../recruiter/board-tools";
import { ListFoot } from "../recruiter/list-parts";
import { ShortcutHelp } from "../recruiter/shortcut-help";
import { LoadTrouble } from "../recruiter/trouble";
import { Button, EmptyState, Loading, Page, Skeleton, Tabs, toast } from "../ui";
import { HeldView } from "./held-detail";

const TABS: Record<HeldStatus, string> = {
  waiting: "To check",
  discarded: "Put aside",
  accepted: "Taken in",
};

const first = (): HeldStatus => HELD_STATUSES.find((one) => one === queryValue("status")) ?? "waiting";

/** Applications that may not be from people: each is taken in or put aside by somebody, and none is lost. */
export default function HeldScreen() {
  const [status, setStatus] = useState<HeldStatus>(first);
  const show = (next: string) => {
    setStatus(next as HeldStatus);
    setQuery({ status: next === "waiting" ? null : next });
  };
  return <HeldList key={status} status={status} onStatus={show} />;
}

interface HeldListProps {
  status: HeldStatus;
  onStatus: (status: string) => void;
}

function HeldList({ status, onStatus }: HeldListProps) {
  const { route } = useLocation();
  const pages = usePages<HeldApplication>("/api/applications/held", { status });
  const [gone, setGone] = useState<ReadonlySet<string>>(new Set());
  const [currentId, setCurrentId] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [help, setHelp] = useState(false);
  const list = pages.rows.filter(({ id }) => !gone.has(id));
  const at = Math.max(
    0,
    list.findIndex(({ id }) => id === currentId),
  );
  const current = list[at] ?? null;
  const waiting = (pages.first.data as HeldPage | undefined)?.waiting;

  /** Takes one off the list; the next one takes its place. */
  const done = (held: HeldApplication) => {
    const next = list[at + 1] ?? list[at - 1];
    setCurrentId(next?.id ?? null);
    setGone((before) => new Set([...before, held.id]));
  };
  const back = (held: HeldApplication) => {
    setGone((before) => new Set([...before].filter((id) => id !== held.id)));
    setCurrentId(held.id);
    pages.restart();
  };
  const decide = async (held: HeldApplication | null, what: "accept" | "discard" | "restore") => {
    if (!held || busy) return;
    setBusy(true);
    try {
      const made = await post<Application | HeldApplication>(`/api/applications/held/${held.id}/${what}`, {});
      done(held);
      if (what === "accept") {
        const open = { label: "Open", run: () => route(`/applications/${made.id}`) };
        toast({ text: `${held.name} is among the applications now.`, tone: "good", action: open });
      } else if (what === "discard") {
        toast({ text: `${held.name} is put aside.`, undo: () => undo(held) });
      } else toast({ text: `${held.name} is among those to check.`, tone: "good" });
    } catch (error) {
      // Somebody else may have decided: it is shown as it is now.
      if (error instanceof ProblemError && error.status === 409) pages.restart();
      toast({ text: errorText(error), tone: "warn" });
    }
    setBusy(false);
  };
  const undo = async (held: HeldApplication) => {
    try {
      await post(`/api/applications/held/${held.id}/restore`, {});
      back(held);
    } catch (error) {
      toast({ text: errorText(error), tone: "warn" });
    }
  };
  const walk = (by: number) => {
    const next = list[at + by];
    if (!next) return;
    setCurrentId(next.id);
    document.getElementById(`held-${next.id}`)?.focus();
  };
  const can = status === "waiting";
  useShortcuts("Applications to check", [
    { key: "j", label: "Next application", run: () => walk(1) },
    { key: "k", label: "Application before", run: () => walk(-1) },
    ...(can
      ? [
          { key: "a", label: "Take in", run: () => void decide(current, "accept") },
          { key: "x", label: "Put aside", run: () => void decide(current, "discard") },
        ]
      : []),
    { key: "?", label: "Show these keys", run: () => setHelp(true) },
  ]);

  return (
    <Page
      title="Applications to check"
      lead="These may not be from people. Nobody of them was written to, and nothing was thrown away."
      width="full"
      fill
      actions={<HelpButton onOpen={() => setHelp(true)} />}
    >
      <div class="held-tabs">
        <Tabs
          label="Which applications"
          current={status}
          onChange={onStatus}
          tabs={HELD_STATUSES.map((key) => ({
            key,
            label: TABS[key],
            ...(key === "waiting" && waiting !== undefined
              ? { count: Math.max(0, waiting - (can ? gone.size : 0)) }
              : {}),
          })).sort((a, b) => Object.keys(TABS).indexOf(a.key) - Object.keys(TABS).indexOf(b.key))}
        />
      </div>
      {pages.first.error && !pages.first.data ? (
        <LoadTrouble what="The list" error={pages.first.error} onRetry={pages.first.reload} />
      ) : !pages.first.data ? (
        <Loading label="Loading the list">
          <div class="review held">
            <Skeleton height="16rem" />
            <Skeleton height="24rem" />
          </div>
        </Loading>
      ) : !current ? (
        <Nothing status={status} />
      ) : (
        <div class="review held">
          <div class="review-list">
            <ul aria-label={TABS[status]}>
              {list.map((held) => (
                <li key={held.id}>
                  <button
                    type="button"
                    id={`held-${held.id}`}
                    class="review-row"
                    aria-current={held === current ? "true" : undefined}
                    onClick={() => setCurrentId(held.id)}
                  >
                    <span>
                      <strong>{held.name || held.email}</strong>
                      <Ago at={held.createdAt} short />
                    </span>
                    <span class="quiet">{held.jobTitle}</span>
                  </button>
                </li>
              ))}
            </ul>
            {pages.hasMore && <ListFoot pages={{ ...pages, rows: list }} />}
          </div>
          <HeldView
            key={current.id}
            held={current}
            busy={busy}
            onAccept={() => void decide(current, "accept")}
            onDiscard={() => void decide(current, "discard")}
            onRestore={() => void decide(current, "restore")}
          />
        </div>
      )}
      <ShortcutHelp open={help} onClose={() => setHelp(false)} />
    </Page>
  );
}

function Nothing({ status }: { status: HeldStatus }) {
  if (status === "waiting") {
    return (
      <EmptyState
        icon="shield-check"
        title="Nothing to check"
        action={<Button href="/applications">Go to the applications</Button>}
      >
        An application that looks like a program’s waits here until somebody has looked at it.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon="inbox"
      title={status === "discarded" ? "Nothing is put aside" : "Nothing was taken in from here"}
    >
      {status === "discarded"
        ? "What you put aside stays here for 30 days."
        : "Applications that you take in are listed here, beside those that came in by themselves."}
    </EmptyState>
  );
}
