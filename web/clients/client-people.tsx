import { useState } from "preact/hooks";
import type { Client, ClientUser, ClientUserChange } from "../../worker/features/clients/schema";
import type { Page as PageOf } from "../../worker/http/shapes";
import { Ago } from "../lib/ago";
import { errorText, get, ProblemError, post, put } from "../lib/client";
import { useLoad } from "../lib/load";
import { me } from "../lib/session";
import { LoadTrouble } from "../recruiter/trouble";
import {
  Avatar,
  Button,
  Card,
  Dialog,
  EmptyState,
  IconButton,
  Loading,
  Menu,
  type MenuEntry,
  Skeleton,
  StatusPill,
  type Tone,
  toast,
} from "../ui";
import { AddPerson } from "./client-person-add";

const STATES: Record<ClientUser["status"], { tone: Tone; word: string }> = {
  active: { tone: "good", word: "Active" },
  invited: { tone: "info", word: "Invited" },
  disabled: { tone: "plain", word: "Disabled" },
};

/** People of the client who can log in and see its jobs; for admins. */
export function ClientPeople({ client }: { client: Client }) {
  const path = `/api/clients/${client.id}/users`;
  const loaded = useLoad((signal) => get<PageOf<ClientUser>>(path, { limit: 200 }, { signal }), [path]);
  const [adding, setAdding] = useState(false);
  const [disabling, setDisabling] = useState<ClientUser | null>(null);
  const people = loaded.data?.data;
  const keep = (user: ClientUser) =>
    loaded.set((before) => {
      const known = before.data.some(({ id }) => id === user.id);
      const data = known
        ? before.data.map((other) => (other.id === user.id ? user : other))
        : [user, ...before.data];
      return { ...before, data };
    });
  const change = async (user: ClientUser, what: ClientUserChange, said: string) => {
    try {
      keep(
        await put<ClientUser>(`${path}/${encodeURIComponent(user.email)}`, what, { ifMatch: user.version }),
      );
      toast({ text: said, tone: "good" });
    } catch (error) {
      const stale = error instanceof ProblemError && error.status === 412;
      toast({
        text: stale ? `${user.name} was changed by somebody else meanwhile.` : errorText(error),
        tone: "warn",
      });
      if (stale) loaded.reload();
    }
  };
  const resend = async ({ email }: ClientUser) => {
    try {
      await post("/api/auth/password-reset", { email, org: me.value?.organization.slug });
      toast({
        text: `A mail with a link to choose a password is on its way to ${email}. It works for 30 minutes.`,
        tone: "good",
      });
    } catch (error) {
      toast({ text: errorText(error), tone: "warn" });
    }
  };
  const menu = (user: ClientUser): MenuEntry[] =>
    user.status === "disabled"
      ? [
          {
            label: "Let in again",
            icon: "check",
            onSelect: () => void change(user, { status: "active" }, `${user.name} can log in again.`),
          },
        ]
      : [
          {
            label: user.status === "invited" ? "Send a new link" : "Mail a link for a new password",
            icon: "send",
            onSelect: () => void resend(user),
          },
          { separator: true },
          { label: "Disable…", icon: "lock", danger: true, onSelect: () => setDisabling(user) },
        ];

  return (
    <Card
      title="People who can log in"
      flush
      actions={
        <Button size="s" icon="user-plus" onClick={() => setAdding(true)}>
          Add somebody
        </Button>
      }
    >
      {loaded.error && !people ? (
        <LoadTrouble what="The list of people" error={loaded.error} onRetry={loaded.reload} />
      ) : !people ? (
        <Loading label="Loading the people">
          <div class="client-wait">
            <Skeleton lines={3} />
          </div>
        </Loading>
      ) : people.length === 0 ? (
        <EmptyState icon="users" title="Nobody of theirs can log in yet">
          Whoever you add sees this client’s jobs, and the people whom you share with them.
        </EmptyState>
      ) : (
        <ul class="lines">
          {people.map((user) => (
            <li key={user.id} class="line">
              <Avatar name={user.name} id={user.id} size={28} />
              <span class="line-main">
                <strong>{user.name}</strong>
                <span class="line-under">
                  {user.email}
                  {user.status === "active" && (
                    <>
                      {" · "}
                      {user.lastLoginAt ? (
                        <>
                          was here <Ago at={user.lastLoginAt} />
                        </>
                      ) : (
                        "was never here"
                      )}
                    </>
                  )}
                </span>
              </span>
              <StatusPill tone={STATES[user.status].tone}>{STATES[user.status].word}</StatusPill>
              <Menu
                label={`Actions for ${user.name}`}
                trigger={<IconButton icon="ellipsis" size="s" label={`Actions for ${user.name}`} />}
                items={menu(user)}
              />
            </li>
          ))}
        </ul>
      )}
      <Dialog open={adding} onClose={() => setAdding(false)} title={`Add somebody of ${client.companyName}`}>
        {adding && (
          <AddPerson
            path={path}
            onClose={() => setAdding(false)}
            onAdded={(user) => {
              keep(user);
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
                    `${user.name} is logged out and can’t log in any more.`,
                  );
              }}
            >
              Disable
            </Button>
          </>
        }
      >
        <p>
          They are logged out everywhere within seconds. What they did stays in the history, and you can let
          them in again at any time.
        </p>
      </Dialog>
    </Card>
  );
}
