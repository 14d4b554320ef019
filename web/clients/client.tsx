import "../admin/admin.css";
import "./clients.css";
import { useState } from "preact/hooks";
import { useLocation, useRoute } from "preact-iso";
import type { Client, ClientChange } from "../../worker/features/clients/schema";
import { del, errorText, get, ProblemError, put } from "../lib/client";
import { useLoad } from "../lib/load";
import { can } from "../lib/session";
import { LoadTrouble } from "../recruiter/trouble";
import {
  Button,
  Card,
  Dialog,
  IconButton,
  Loading,
  Menu,
  type MenuEntry,
  Page,
  Skeleton,
  toast,
} from "../ui";
import { EditClient } from "./client-edit";
import { ClientFacts } from "./client-facts";
import { ClientJobs } from "./client-jobs";
import { ClientPeople } from "./client-people";
import { ClientStatusPill } from "./status";

/** One client: who they are, their jobs, and their people who can log in. */
export default function ClientScreen() {
  const id = useRoute().params.id ?? "";
  const { route } = useLocation();
  const path = `/api/clients/${id}`;
  const loaded = useLoad((signal) => get<Client>(path, {}, { signal }), [id]);
  const [open, setOpen] = useState<"edit" | "retire" | "delete" | null>(null);
  const [busy, setBusy] = useState(false);
  const client = loaded.data;
  const close = () => setOpen(null);

  const setStatus = async (client: Client, change: ClientChange, said: string) => {
    setBusy(true);
    try {
      const next = await put<Client>(path, change, { ifMatch: client.version });
      loaded.set(() => next);
      toast({ text: said, tone: "good" });
      close();
    } catch (error) {
      const stale = error instanceof ProblemError && error.status === 412;
      if (stale) loaded.reload();
      toast({
        text: stale
          ? `${client.companyName} was changed by somebody else meanwhile: try again.`
          : errorText(error),
        tone: "warn",
      });
    }
    setBusy(false);
  };
  const remove = async (client: Client) => {
    setBusy(true);
    try {
      await del(path, { ifMatch: client.version });
      toast({ text: `${client.companyName} is deleted.` });
      route("/clients");
    } catch (error) {
      toast({ text: errorText(error), tone: "warn" });
      loaded.reload();
      close();
    }
    setBusy(false);
  };

  if (!client) {
    return (
      <Page title="Client" width="full">
        {loaded.error ? (
          <LoadTrouble what="This client" error={loaded.error} onRetry={loaded.reload} />
        ) : (
          <Loading label="Loading the client">
            <Card>
              <Skeleton lines={10} />
            </Card>
          </Loading>
        )}
      </Page>
    );
  }
  const active = client.status === "active";
  const items: MenuEntry[] = [
    active
      ? { label: "Set inactive…", icon: "circle-dashed", onSelect: () => setOpen("retire") }
      : {
          label: "Set active again",
          icon: "circle-check",
          onSelect: () =>
            void setStatus(
              client,
              { status: "active" },
              `${client.companyName} is active and can have new jobs.`,
            ),
        },
    { separator: true },
    { label: "Delete…", icon: "trash-2", danger: true, onSelect: () => setOpen("delete") },
  ];
  return (
    <Page
      title={client.companyName}
      width="full"
      heading={
        <span class="client-title">
          {client.companyName} <ClientStatusPill status={client.status} />
        </span>
      }
      actions={
        <>
          {active && (
            <Button icon="plus" href={`/jobs/new?clientId=${client.id}`}>
              New job
            </Button>
          )}
          <Menu
            label="More about this client"
            trigger={<IconButton icon="ellipsis" label="More about this client" />}
            items={items}
          />
        </>
      }
    >
      <div class="client">
        <ClientFacts client={client} onEdit={() => setOpen("edit")} />
        <div class="client-main">
          <ClientJobs client={client} />
          {can("client.users") && <ClientPeople client={client} />}
        </div>
      </div>
      <EditClient
        client={open === "edit" ? client : null}
        onClose={close}
        onSaved={(next) => {
          loaded.set(() => next);
          close();
          toast({ text: "Saved.", tone: "good" });
        }}
      />
      <Dialog
        open={open === "retire"}
        onClose={close}
        title={`Set ${client.companyName} inactive?`}
        actions={
          <>
            <Button onClick={close}>Cancel</Button>
            <Button
              variant="danger"
              busy={busy}
              onClick={() =>
                void setStatus(client, { status: "inactive" }, `${client.companyName} is inactive now.`)
              }
            >
              Set inactive
            </Button>
          </>
        }
      >
        <p>
          It keeps its history and its jobs, and gets no new ones.
          {client.openJobCount > 0 &&
            ` ${client.openJobCount === 1 ? "Its open job stays" : `Its ${client.openJobCount} open jobs stay`} open until you close them.`}{" "}
          You can set it active again at any time.
        </p>
      </Dialog>
      <Delete
        client={client}
        open={open === "delete"}
        busy={busy}
        onClose={close}
        onDelete={() => void remove(client)}
        onRetire={active ? () => setOpen("retire") : undefined}
      />
    </Page>
  );
}

interface DeleteProps {
  client: Client;
  open: boolean;
  busy: boolean;
  onClose: () => void;
  onDelete: () => void;
  /** Absent where it is inactive already. */
  onRetire: (() => void) | undefined;
}

function Delete({ client, open, busy, onClose, onDelete, onRetire }: DeleteProps) {
  const { jobCount, companyName } = client;
  const jobs = jobCount === 1 ? "1 job" : `${jobCount} jobs`;
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={jobCount > 0 ? "This client can’t be deleted" : `Delete ${companyName}?`}
      actions={
        jobCount > 0 ? (
          <>
            <Button onClick={onClose}>Close</Button>
            {onRetire && (
              <Button variant="primary" onClick={onRetire}>
                Set inactive instead…
              </Button>
            )}
          </>
        ) : (
          <>
            <Button onClick={onClose}>Cancel</Button>
            <Button variant="danger" busy={busy} onClick={onDelete}>
              Delete
            </Button>
          </>
        )
      }
    >
      {jobCount > 0 ? (
        <p>
          {companyName} has {jobs}, whose history belongs to it. Set it inactive: it then gets no new ones.
        </p>
      ) : (
        <p>It never had a job. It goes away with its people’s logins, and can’t be brought back.</p>
      )}
    </Dialog>
  );
}
