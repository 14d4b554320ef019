import { useState } from "preact/hooks";
import type { OpenSession } from "../../worker/features/sessions/schema";
import type { Page } from "../../worker/http/shapes";
import { Ago } from "../lib/ago";
import { del, errorText, get } from "../lib/client";
import { useLoad } from "../lib/load";
import { Button, Card, Icon, Loading, Skeleton, StatusPill, Trouble, toast } from "../ui";

/** Where one is logged in, each with the button that ends it. */
export function Sessions() {
  const { data, error, reload, set } = useLoad(
    (signal) => get<Page<OpenSession>>("/api/auth/sessions", undefined, { signal }),
    [],
  );
  const others = data?.data.filter((session) => !session.current) ?? [];
  const [ending, setEnding] = useState<ReadonlySet<string>>(new Set());

  const end = async (sessions: readonly OpenSession[]) => {
    setEnding(new Set(sessions.map((session) => session.id)));
    try {
      for (const session of sessions) {
        await del(`/api/auth/sessions/${session.id}`);
        set((before) => ({ ...before, data: before.data.filter((one) => one.id !== session.id) }));
      }
      toast({
        text: sessions.length === 1 ? "That session has ended." : "Your other sessions have ended.",
        tone: "good",
      });
    } catch (problem) {
      toast({ text: errorText(problem), tone: "bad" });
      reload();
    } finally {
      setEnding(new Set());
    }
  };

  return (
    <Card
      title="Open sessions"
      actions={
        others.length > 1 && (
          <Button size="s" busy={ending.size > 1} onClick={() => end(others)}>
            End all others
          </Button>
        )
      }
    >
      {!data && error ? (
        <Trouble title="Your sessions could not be loaded" onRetry={reload}>
          {errorText(error)}
        </Trouble>
      ) : !data ? (
        <Loading label="Loading your sessions">
          <Skeleton lines={3} />
        </Loading>
      ) : (
        <ul class="sessions">
          {data.data.map((session) => (
            <li key={session.id} class="session">
              <Icon name={/phone|android|ios/i.test(session.device) ? "smartphone" : "monitor"} size={20} />
              <div class="session-words">
                <div>{session.device}</div>
                <div class="session-detail">
                  {session.address && <>{session.address} · </>}last used <Ago at={session.lastUsedAt} />
                </div>
              </div>
              {session.current ? (
                <StatusPill tone="good">This one</StatusPill>
              ) : (
                <Button
                  size="s"
                  busy={ending.has(session.id)}
                  aria-label={`End the session on ${session.device}`}
                  onClick={() => end([session])}
                >
                  End
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
