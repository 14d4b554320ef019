import "./admin.css";
import { useState } from "preact/hooks";
import type { User, UserChange } from "../../worker/features/users/schema";
import type { Page as PageOf } from "../../worker/http/shapes";
import { Ago } from "../lib/ago";
import { errorText, get, ProblemError, patch } from "../lib/client";
import { useLoad } from "../lib/load";
import { me } from "../lib/session";
import { LoadTrouble } from "../recruiter/trouble";
import {
  Avatar,
  Button,
  Card,
  type Column,
  Dialog,
  IconButton,
  Loading,
  Menu,
  type MenuEntry,
  Page,
  Skeleton,
  StatusPill,
  Table,
  type Tone,
  toast,
} from "../ui";
import { ROLES } from "./roles";
import { AddForm } from "./team-add";

const ROLE_NAMES: Record<string, string> = {
  admin: "Admin",
  recruiter: "Recruiter",
  client_user: "Client user",
};
const STATES: Record<User["status"], { tone: Tone; word: string }> = {
  active: { tone: "good", word: "Active" },
  invited: { tone: "info", word: "Invited" },
  disabled: { tone: "plain", word: "Disabled" },
};

/** Who works here: accounts of the team, their roles, and new ones. */
export default function TeamScreen() {
  const list = useLoad((signal) => get<PageOf<User>>("/api/users", { limit: 200 }, { signal }), []);
  const [adding, setAdding] = useState(false);
  const [disabling, setDisabling] = useState<User | null>(null);
  const put = (user: User) =>
    list.set((before) => {
      const known = before.data.some(({ id }) => id === user.id);
      const data = known
        ? before.data.map((other) => (other.id === user.id ? user : other))
        : [user, ...before.data];
      return { ...before, data };
    });
  const change = async (user: User, what: UserChange, said: (next: User) => string) => {
    try {
      const next = await patch<User>(`/api/users/${user.id}`, what, { ifMatch: user.version });
      put(next);
      toast({ text: said(next), tone: "good" });
    } catch (error) {
      const stale = error instanceof ProblemError && error.status === 412;
      toast({
        text: stale ? `${user.name} was changed by somebody else meanwhile.` : errorText(error),
        tone: "warn",
      });
      if (stale) list.reload();
    }
  };

  return (
    <Page
      title="Team"
      lead="People who work in Portico for your organization. Agents and candidates register by themselves."
      width="full"
      actions={
        <Button variant="primary" icon="user-plus" onClick={() => setAdding(true)}>
          Add somebody
        </Button>
      }
    >
      {list.error && !list.data ? (
        <LoadTrouble what="The team" error={list.error} onRetry={list.reload} />
      ) : !list.data ? (
        <Loading label="Loading the team">
          <Card>
            <Skeleton lines={6} />
          </Card>
        </Loading>
      ) : (
        <Card flush>
          <Table
            caption="Team"
            rows={list.data.data}
            rowKey={({ id }) => id}
            rowName={({ name }) => name}
            columns={columns((user) => menu(user, change, setDisabling))}
          />
        </Card>
      )}
      <Dialog open={adding} onClose={() => setAdding(false)} title="Add somebody to the team">
        {adding && (
          <AddForm
            onClose={() => setAdding(false)}
            onAdded={(user) => {
              put(user);
              setAdding(false);
            }}
          />
        )}
      </Dialog>
      <Dialog
        open={disabling !== null}
        onClose={() => setDisabling(null)}
        title={disabling && `Disable ${disabling.name}?`}
        actions={
          <>
            <Button onClick={() => setDisabling(null)}>Cancel</Button>
            <Button
              variant="danger"
              onClick={() => {
                const user = disabling;
                setDisabling(null);
                if (user)
                  void change(
                    user,
                    { status: "disabled" },
                    ({ name }) => `${name} is logged out and can't log in any more.`,
                  );
              }}
            >
              Disable
            </Button>
          </>
        }
      >
        {disabling && (
          <p>
            {disabling.name} is logged out everywhere within seconds. What they did stays in the history, and
            you can let them in again at any time.
          </p>
        )}
      </Dialog>
    </Page>
  );
}

type Change = (user: User, what: UserChange, said: (next: User) => string) => Promise<void>;

function menu(user: User, change: Change, disable: (user: User) => void): MenuEntry[] {
  const isMe = user.id === me.value?.id;
  if (isMe || user.role === "client_user") return [];
  const access: MenuEntry =
    user.status === "disabled"
      ? {
          label: "Let in again",
          icon: "check",
          onSelect: () => void change(user, { status: "active" }, ({ name }) => `${name} can log in again.`),
        }
      : { label: "Disable…", icon: "lock", danger: true, onSelect: () => disable(user) };
  return [
    { heading: "Role" },
    ...ROLES.map(({ value, label }) => ({
      label,
      checked: user.role === value,
      onSelect: () => {
        if (user.role === value) return;
        void change(
          user,
          { role: value },
          (next) => `${next.name} is ${value === "admin" ? "an admin" : "a recruiter"} now.`,
        );
      },
    })),
    { separator: true },
    access,
  ];
}

function columns(items: (user: User) => MenuEntry[]): Column<User>[] {
  return [
    {
      key: "name",
      header: "Name",
      cell: ({ id, name, email, role }) => (
        <span class="team-name">
          <Avatar name={name} id={id} size={28} />
          <span>
            <strong>{name}</strong>
            {id === me.value?.id && <span class="quiet"> (you)</span>}
            <span class="quiet team-under">
              {email}
              <span class="team-role"> · {ROLE_NAMES[role] ?? role}</span>
            </span>
          </span>
        </span>
      ),
    },
    { key: "role", header: "Role", wide: true, cell: ({ role }) => ROLE_NAMES[role] ?? role },
    {
      key: "status",
      header: "Status",
      cell: ({ status }) => <StatusPill tone={STATES[status].tone}>{STATES[status].word}</StatusPill>,
    },
    {
      key: "seen",
      header: "Last login",
      wide: true,
      cell: ({ lastLoginAt }) => (lastLoginAt ? <Ago at={lastLoginAt} /> : <span class="quiet">Never</span>),
    },
    { key: "created", header: "Added", wide: true, cell: ({ createdAt }) => <Ago at={createdAt} /> },
    {
      key: "menu",
      header: "Actions",
      align: "end",
      cell: (user) => {
        const entries = items(user);
        if (entries.length === 0) return null;
        return (
          <div class="team-menu">
            <Menu
              label={`Actions for ${user.name}`}
              trigger={<IconButton icon="ellipsis" size="s" label={`Actions for ${user.name}`} />}
              items={entries}
            />
          </div>
        );
      },
    },
  ];
}
