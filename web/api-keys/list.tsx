import "./api-keys.css";
import "../recruiter/board.css";
import { useState } from "preact/hooks";
import type { ApiKey, ApiKeyWithSecret } from "../../worker/features/api-keys/schema";
import { Ago } from "../lib/ago";
import { del, errorText } from "../lib/client";
import { useShortcuts } from "../lib/keys";
import { usePages } from "../lib/pages";
import { absolute, date, now } from "../lib/time";
import { ListTable } from "../recruiter/list-table";
import { Button, Card, type Column, Dialog, EmptyState, Page, toast } from "../ui";
import { SecretDialog } from "../webhooks/secret-dialog";
import { NewKey } from "./new-key";
import { SCOPE_WORDS } from "./words";

/** Keys with which other systems use the API. */
export default function ApiKeysScreen() {
  const pages = usePages<ApiKey>("/api/api-keys", {});
  const [adding, setAdding] = useState(false);
  const [made, setMade] = useState<ApiKeyWithSecret | null>(null);
  const [revoking, setRevoking] = useState<ApiKey | null>(null);
  const [busy, setBusy] = useState(false);
  useShortcuts("API keys", [{ key: "n", label: "New key", run: () => setAdding(true) }]);

  const revoke = async (key: ApiKey) => {
    setBusy(true);
    try {
      await del(`/api/api-keys/${key.id}`);
      toast({ text: `${key.name} is revoked: it opens nothing any more.`, tone: "good" });
    } catch (error) {
      toast({ text: errorText(error), tone: "warn" });
    }
    setBusy(false);
    setRevoking(null);
    pages.restart();
  };
  const add = (
    <Button variant="primary" icon="plus" onClick={() => setAdding(true)}>
      New key
    </Button>
  );
  return (
    <Page
      title="API keys"
      lead={
        <>
          For systems that use Portico without a person: send the key as{" "}
          <code>Authorization: Bearer pk_…</code>.{" "}
          <a href="/api/docs" target="_blank" rel="noopener">
            What there is
          </a>
        </>
      }
      width="full"
      actions={add}
    >
      <ListTable
        pages={pages}
        what="The list of keys"
        lines={5}
        caption="API keys"
        columns={columns(setRevoking)}
        rowKey={({ id }) => id}
        rowName={({ name }) => name}
        empty={
          <Card>
            <EmptyState icon="key-round" title="There are no keys yet" action={add}>
              Make one for each system that should read deliveries, change endpoints or watch the metrics. A
              key can do only what you tick, and you can revoke it at any time.
            </EmptyState>
          </Card>
        }
      />
      <Dialog open={adding} onClose={() => setAdding(false)} title="New API key">
        {adding && (
          <NewKey
            onClose={() => setAdding(false)}
            onMade={(key) => {
              setAdding(false);
              setMade(key);
              pages.restart();
            }}
          />
        )}
      </Dialog>
      <SecretDialog
        secret={made?.key ?? null}
        title={`The key for ${made?.name ?? ""}`}
        name="Key"
        steps={[
          "Put it where the other system keeps its passwords. Never into code, a mail or a chat.",
          <>
            It goes into the header <code>Authorization</code> of each request, after the word Bearer.
          </>,
          "If it gets into wrong hands, revoke it here: it stops with the next request.",
        ]}
        onClose={() => setMade(null)}
      />
      <Dialog
        open={revoking !== null}
        onClose={() => setRevoking(null)}
        title={revoking && `Revoke ${revoking.name}?`}
        actions={
          <>
            <Button onClick={() => setRevoking(null)}>Cancel</Button>
            <Button variant="danger" busy={busy} onClick={() => revoking && void revoke(revoking)}>
              Revoke
            </Button>
          </>
        }
      >
        {revoking && (
          <p>
            Whatever uses it is refused from the next request on. This can’t be taken back; a new key can be
            made at any time.{" "}
            {revoking.lastUsedAt ? (
              <>
                It was last used <Ago at={revoking.lastUsedAt} />.
              </>
            ) : (
              "It was never used."
            )}
          </p>
        )}
      </Dialog>
    </Page>
  );
}

function columns(onRevoke: (key: ApiKey) => void): Column<ApiKey>[] {
  return [
    {
      key: "name",
      header: "Name",
      cell: ({ name, start, scopes, expiresAt }) => (
        <>
          <strong>{name}</strong>
          <span class="quiet key-under">
            <code>{start}…</code>
          </span>
          <span class="quiet key-under key-narrow">
            {scopeWords(scopes)} · {endWords(expiresAt)}
          </span>
        </>
      ),
    },
    { key: "scopes", header: "May", wide: true, cell: ({ scopes }) => scopeWords(scopes) },
    {
      key: "from",
      header: "From",
      wide: true,
      cell: ({ ipAllowList }) =>
        ipAllowList ? <span class="key-from">{ipAllowList.join(", ")}</span> : "Anywhere",
    },
    {
      key: "used",
      header: "Last used",
      cell: ({ lastUsedAt }) => (lastUsedAt ? <Ago at={lastUsedAt} /> : <span class="quiet">Never</span>),
    },
    {
      key: "ends",
      header: "Works",
      wide: true,
      cell: ({ expiresAt }) => (
        <span title={expiresAt ? absolute(expiresAt) : undefined}>{endWords(expiresAt)}</span>
      ),
    },
    { key: "made", header: "Made", wide: true, cell: ({ createdAt }) => <Ago at={createdAt} /> },
    {
      key: "revoke",
      header: "Actions",
      align: "end",
      cell: (key) => (
        <Button size="s" aria-label={`Revoke ${key.name}`} onClick={() => onRevoke(key)}>
          Revoke…
        </Button>
      ),
    },
  ];
}

function scopeWords(scopes: ApiKey["scopes"]): string {
  const words = scopes.map((scope) => SCOPE_WORDS[scope].label).join(", ");
  return words.charAt(0) + words.slice(1).toLowerCase();
}

function endWords(expiresAt: string | null): string {
  if (expiresAt === null) return "Until it is revoked";
  return Date.parse(expiresAt) <= now.value ? `Ended ${date(expiresAt)}` : `Until ${date(expiresAt)}`;
}
