import { useEffect, useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import type { Document, DocumentRequest } from "../../worker/features/documents/schema";
import type { Page as PageOf } from "../../worker/http/shapes";
import { errorText, get, post } from "../lib/client";
import { useLoad } from "../lib/load";
import { usePages } from "../lib/pages";
import { calendarDay, now } from "../lib/time";
import {
  Button,
  Card,
  type Column,
  EmptyState,
  Icon,
  Loading,
  Skeleton,
  StatusPill,
  Table,
  toast,
} from "../ui";
import { LoadTrouble } from "./trouble";

const REQUESTS = "/api/documents/requests";
const DAY_MS = 24 * 60 * 60 * 1000;

/** Whole days until the end of a day, UTC, as the server counts them. */
export const daysUntil = (day: string, at: number): number =>
  Math.floor((Date.parse(`${day}T00:00:00Z`) + DAY_MS - at) / DAY_MS);

const askedKey = (one: Pick<Document, "agentId" | "candidateId" | "type">) =>
  `${one.agentId ?? one.candidateId} ${one.type}`;

/** Approved documents that end within thirty days or have ended, with a click that asks for the next one. */
export function ExpiringDocuments({ turn }: { turn: number }) {
  const { route } = useLocation();
  const list = usePages<Document>("/api/documents", { expiring: true });
  const open = useLoad(
    (signal) => get<PageOf<DocumentRequest>>(REQUESTS, { status: "open", limit: 200 }, { signal }),
    [],
  );
  const [busy, setBusy] = useState<string | null>(null);
  useEffect(() => {
    if (turn > 0) list.noteNews();
  }, [turn]);
  const asked = new Set(open.data?.data.map(askedKey));

  const ask = async (document: Document) => {
    const { agentId, candidateId, type, typeName, ownerName } = document;
    setBusy(document.id);
    try {
      const owner = agentId ? { agentId } : { candidateId };
      const made = await post<DocumentRequest>(REQUESTS, { ...owner, type });
      open.set((before) => ({ ...before, data: [made, ...before.data] }));
      toast({ text: `${ownerName} was asked for a new ${typeName}.`, tone: "good" });
    } catch (error) {
      toast({ text: errorText(error), tone: "warn" });
    }
    setBusy(null);
  };
  const columns: readonly Column<Document>[] = [
    {
      key: "owner",
      header: "Person",
      cell: ({ agentId, candidateId, ownerName, typeName }) => (
        <>
          <a class="expiring-name" href={agentId ? `/agents/${agentId}` : `/candidates/${candidateId}`}>
            {ownerName}
          </a>
          <span class="quiet expiring-type">{typeName}</span>
        </>
      ),
    },
    { key: "type", header: "Document", cell: ({ typeName }) => typeName, wide: true },
    {
      key: "until",
      header: "Good until",
      cell: ({ expiresOn }) => expiresOn && calendarDay(expiresOn),
      wide: true,
    },
    { key: "left", header: "Left", cell: (document) => <Left document={document} /> },
    {
      key: "ask",
      header: "Ask",
      align: "end",
      cell: (document) =>
        asked.has(askedKey(document)) ? (
          <span class="quiet expiring-asked">
            <Icon name="check" size={14} /> Asked
          </span>
        ) : (
          <Button size="s" icon="send" busy={busy === document.id} onClick={() => void ask(document)}>
            Ask again
            <span class="sr-only">
              {" "}
              for {document.typeName} of {document.ownerName}
            </span>
          </Button>
        ),
    },
  ];
  const { first, rows } = list;
  if (first.error && !first.data)
    return <LoadTrouble what="The list" error={first.error} onRetry={list.restart} />;
  if (!first.data) {
    return (
      <Loading label="Loading the list">
        <Card>
          <Skeleton lines={6} />
        </Card>
      </Loading>
    );
  }
  if (rows.length === 0) {
    return (
      <EmptyState icon="check-check" title="Nothing expires within thirty days">
        How long documents are good is set by their types.
      </EmptyState>
    );
  }
  return (
    <div class="expiring">
      <Table
        caption="Documents that expire"
        columns={columns}
        rows={rows}
        rowKey={({ id }) => id}
        rowName={({ typeName, ownerName }) => `${typeName} of ${ownerName}`}
        onOpen={({ agentId, candidateId }) =>
          route(agentId ? `/agents/${agentId}` : `/candidates/${candidateId}`)
        }
      />
      {list.hasMore && (
        <div class="row">
          <Button busy={list.busy} onClick={() => void list.more()}>
            Show more
          </Button>
        </div>
      )}
    </div>
  );
}

function Left({ document: { expired, expiresOn } }: { document: Document }) {
  if (expired || !expiresOn) return <StatusPill tone="bad">Expired</StatusPill>;
  const left = daysUntil(expiresOn, now.value);
  const words = left <= 0 ? "Today" : left === 1 ? "1 day" : `${left} days`;
  return <StatusPill tone={left <= 7 ? "warn" : "plain"}>{words}</StatusPill>;
}
