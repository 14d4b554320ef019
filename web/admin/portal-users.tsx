import "../recruiter/board.css";
import "./admin.css";
import { useState } from "preact/hooks";
import type { PortalAccount, PortalAccountChange } from "../../worker/features/portal/schema";
import { Ago } from "../lib/ago";
import { del, errorText, ProblemError, post, put } from "../lib/client";
import { usePages } from "../lib/pages";
import { Find } from "../recruiter/board-tools";
import { ListTable } from "../recruiter/list-table";
import {
  Avatar,
  Button,
  Card,
  type Column,
  Dialog,
  EmptyState,
  IconButton,
  Menu,
  type MenuEntry,
  Page,
  Select,
  StatusPill,
  toast,
} from "../ui";
import { AddPortalAccount } from "./portal-user-add";
import { type Asked, Confirm } from "./portal-user-confirm";

const STATUSES = [
  { value: "", label: "Any status" },
  { value: "active", label: "Active" },
  { value: "inactive", label: "Inactive" },
];
const PATH = "/api/admin/candidate-portal-users";

/** Candidates' accounts in the portal: who has one, new ones, and those who are let out. */
export default function PortalAccounts() {
  const [q, setQ] = useState("");
  const [status, setStatus] = useState("");
  const list = usePages<PortalAccount>(PATH, { q: q || undefined, status: status || undefined });
  const [adding, setAdding] = useState(false);
  const [asked, setAsked] = useState<Asked | null>(null);
  const { first } = list;

  const say = (error: unknown, account: PortalAccount) => {
    const stale = error instanceof ProblemError && (error.status === 412 || error.status === 404);
    toast({
      text: stale ? `${account.name} was changed by somebody else meanwhile.` : errorText(error),
      tone: "warn",
    });
    if (stale) list.restart();
  };
  const shown = (account: PortalAccount) =>
    first.set((before) => ({
      ...before,
      data: before.data.map((one) => (one.id === account.id ? account : one)),
    }));
  const change = async (account: PortalAccount, what: PortalAccountChange, said: string) => {
    try {
      shown(await put<PortalAccount>(`${PATH}/${account.id}`, what, { ifMatch: account.version }));
      toast({ text: said, tone: "good" });
    } catch (error) {
      say(error, account);
    }
  };
  const act = async ({ what, account }: Asked) => {
    setAsked(null);
    const { name } = account;
    if (what === "deactivate") {
      return await change(
        account,
        { status: "inactive" },
        `${name} is logged out and can’t log in any more.`,
      );
    }
    try {
      if (what === "reset") {
        shown(await post<PortalAccount>(`${PATH}/${account.id}/reset-password`, {}));
        toast({ text: `A new first password is on its way to ${account.email}.`, tone: "good" });
      } else {
        await del(`${PATH}/${account.id}`);
        toast({ text: `The account of ${name} is gone. The candidate stays.`, tone: "good" });
        list.restart();
      }
    } catch (error) {
      say(error, account);
    }
  };
  const letIn = (account: PortalAccount) =>
    void change(account, { status: "active" }, `${account.name} can log in again.`);

  return (
    <Page
      title="Portal accounts"
      lead="With an account, candidates see where they stand, send documents and keep their profile. They can register by themselves; you can also make one for them."
      width="full"
      actions={
        <Button variant="primary" icon="user-plus" onClick={() => setAdding(true)}>
          Make an account
        </Button>
      }
    >
      <div class="portal-tools" role="group" aria-label="Which accounts are shown">
        <Find value={q} label="Find by name or e-mail address" placeholder="Find an account" onFind={setQ} />
        <Select label="Status" hideLabel value={status} onValue={setStatus} options={STATUSES} />
      </div>
      <ListTable
        pages={list}
        what="Portal accounts"
        lines={6}
        caption="Portal accounts"
        rowKey={({ id }) => id}
        rowName={({ name }) => name}
        columns={columns(menu)}
        empty={
          <Card>
            <EmptyState icon="key-round" title={q || status ? "Nobody fits" : "No portal accounts yet"}>
              {q || status
                ? "Try other words, or another status."
                : "When a candidate registers, or you make an account for one, it appears here."}
            </EmptyState>
          </Card>
        }
      />
      <Dialog open={adding} onClose={() => setAdding(false)} title="Make an account for a candidate">
        {adding && (
          <AddPortalAccount
            onClose={() => setAdding(false)}
            onAdded={() => {
              setAdding(false);
              list.restart();
            }}
          />
        )}
      </Dialog>
      <Confirm asked={asked} onClose={() => setAsked(null)} onDo={(one) => void act(one)} />
    </Page>
  );

  function menu(account: PortalAccount): MenuEntry[] {
    const active = account.status === "active";
    return [
      ...(account.linkedCandidateId
        ? [
            {
              label: "Open the candidate",
              icon: "user" as const,
              href: `/candidates/${account.linkedCandidateId}`,
            },
          ]
        : []),
      ...(active
        ? [
            {
              label: "Mail a new password…",
              icon: "key-round" as const,
              onSelect: () => setAsked({ what: "reset", account }),
            },
            {
              label: "Make inactive…",
              icon: "lock" as const,
              onSelect: () => setAsked({ what: "deactivate", account }),
            },
          ]
        : [{ label: "Let in again", icon: "check" as const, onSelect: () => letIn(account) }]),
      { separator: true },
      {
        label: "Delete…",
        icon: "trash-2",
        danger: true,
        onSelect: () => setAsked({ what: "delete", account }),
      },
    ];
  }
}

/** How an account stands, in a word. */
function state({ status, linkedCandidateId, mustChangePassword }: PortalAccount) {
  if (status === "inactive") return { tone: "plain", word: "Inactive" } as const;
  if (!linkedCandidateId) return { tone: "warn", word: "Address not confirmed" } as const;
  return mustChangePassword
    ? ({ tone: "info", word: "First password" } as const)
    : ({ tone: "good", word: "Active" } as const);
}

function columns(items: (account: PortalAccount) => MenuEntry[]): Column<PortalAccount>[] {
  return [
    {
      key: "name",
      header: "Name",
      cell: ({ id, name, email }) => (
        <span class="team-name">
          <Avatar name={name} id={id} size={28} />
          <span>
            <strong>{name}</strong>
            <span class="quiet team-under">{email}</span>
          </span>
        </span>
      ),
    },
    {
      key: "status",
      header: "Status",
      cell: (account) => <StatusPill tone={state(account).tone}>{state(account).word}</StatusPill>,
    },
    {
      key: "seen",
      header: "Last login",
      wide: true,
      cell: ({ lastLoginAt }) => (lastLoginAt ? <Ago at={lastLoginAt} /> : <span class="quiet">Never</span>),
    },
    {
      key: "made",
      header: "Made",
      wide: true,
      cell: ({ createdAt, createdBy }) => (
        <>
          <Ago at={createdAt} />
          <span class="quiet team-under">{createdBy ? `by ${createdBy}` : "registered themselves"}</span>
        </>
      ),
    },
    {
      key: "menu",
      header: "Actions",
      align: "end",
      cell: (account) => (
        <div class="team-menu">
          <Menu
            label={`Actions for ${account.name}`}
            trigger={<IconButton icon="ellipsis" size="s" label={`Actions for ${account.name}`} />}
            items={items(account)}
          />
        </div>
      ),
    },
  ];
}
