import "./agent.css";
import { useState } from "preact/hooks";
import type { Document, DocumentType } from "../../worker/features/documents/schema";
import type { Page as PageOf } from "../../worker/http/shapes";
import { get } from "../lib/client";
import { useShortcuts } from "../lib/keys";
import { useLoad } from "../lib/load";
import { me } from "../lib/session";
import { queryValue, setQuery } from "../lib/url";
import { Page, Tabs } from "../ui";
import { useNews } from "./agent";
import { HelpButton, LivePill } from "./board-tools";
import { ExpiringDocuments } from "./expiring";
import { ReviewQueue } from "./review-queue";
import { ShortcutHelp } from "./shortcut-help";

/** Documents that wait for a verdict, and those whose time is running out. */
export default function ReviewScreen() {
  const queue = useLoad(
    (signal) => get<PageOf<Document>>("/api/documents", { status: "pending", limit: 200 }, { signal }),
    [],
  );
  const types = useLoad((signal) => get<PageOf<DocumentType>>("/api/documents/types", {}, { signal }), []);
  const [tab, setTab] = useState(() => (queryValue("tab") === "expiring" ? "expiring" : "review"));
  const [turn, setTurn] = useState(0);
  const [help, setHelp] = useState(false);
  const live = useNews(me.value?.pipelineId ?? null, ({ type, seq }) => {
    if (!type.startsWith("document.")) return;
    queue.reload();
    setTurn(seq);
  });
  useShortcuts("Documents", [{ key: "?", label: "Show these keys", run: () => setHelp(true) }]);
  return (
    <Page
      title="Documents to review"
      width="full"
      fill
      actions={
        <>
          <HelpButton onOpen={() => setHelp(true)} />
          <LivePill state={live} />
        </>
      }
    >
      <Tabs
        label="Documents"
        tabs={[
          { key: "review", label: "To review", count: queue.data?.data.length },
          { key: "expiring", label: "Expiring" },
        ]}
        current={tab}
        onChange={(key) => {
          setTab(key === "expiring" ? "expiring" : "review");
          setQuery({ tab: key === "expiring" ? key : null });
        }}
      />
      {tab === "expiring" ? (
        <ExpiringDocuments turn={turn} />
      ) : (
        <ReviewQueue queue={queue} types={types.data?.data ?? []} />
      )}
      <ShortcutHelp open={help} onClose={() => setHelp(false)} />
    </Page>
  );
}
