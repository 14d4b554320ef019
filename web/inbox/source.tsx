import "../webhooks/webhooks.css";
import "../admin/admin.css";
import "../deliveries/deliveries.css";
import "./inbox.css";
import { useState } from "preact/hooks";
import { useLocation, useRoute } from "preact-iso";
import type { Source, SourceChange, SourceWithSecret } from "../../worker/features/inbox/schema";
import { CALM_MS, QUICK_MS, usePulse } from "../deliveries/pulse";
import { del, errorText, get, ProblemError, patch, post } from "../lib/client";
import { type Loaded, useLoad } from "../lib/load";
import { LoadTrouble } from "../recruiter/trouble";
import {
  Button,
  Card,
  Dialog,
  Loading,
  Menu,
  type MenuEntry,
  Page,
  Skeleton,
  StatusPill,
  toast,
} from "../ui";
import { Code } from "../webhooks/code";
import { SecretDialog } from "../webhooks/secret-dialog";
import { firstEvent } from "./snippet";
import { SourceAddress, SourceErrors } from "./source-address";
import { SourceEdit } from "./source-edit";
import { SECRET_STEPS } from "./source-new";
import { SourceRecent } from "./source-recent";
import { SCHEMES, sourceState } from "./words";

/** One source as a page. */
export default function SourceScreen() {
  const { params } = useRoute();
  return <OneSource key={params.id} id={params.id ?? ""} />;
}

function OneSource({ id }: { id: string }) {
  const loaded = useLoad((signal) => get<Source>(`/api/integrations/${id}`, {}, { signal }), [id]);
  if (loaded.data) return <SourcePage source={loaded.data} loaded={loaded} />;
  return (
    <Page title="Source" width="full">
      {loaded.error ? (
        <LoadTrouble what="This source" error={loaded.error} onRetry={loaded.reload} />
      ) : (
        <Loading label="Loading the source">
          <Card>
            <Skeleton lines={8} />
          </Card>
        </Loading>
      )}
    </Page>
  );
}

type Asked = "rotate" | "remove" | "off";

function SourcePage({ source, loaded }: { source: Source; loaded: Loaded<Source> }) {
  const { route } = useLocation();
  const [asked, ask] = useState<Asked | null>(null);
  const [secret, setSecret] = useState<string | null>(null);
  const path = `/api/integrations/${source.id}`;
  // Until it has sent something one waits for just that.
  usePulse(source.lastEventAt ? CALM_MS : QUICK_MS, loaded.reload);

  const say = (error: unknown) => {
    const stale = error instanceof ProblemError && error.status === 412;
    toast({
      text: stale ? `${source.name} was changed by somebody else meanwhile.` : errorText(error),
      tone: "warn",
      seconds: 10,
    });
    if (stale) loaded.reload();
  };
  const change = async (what: SourceChange, said: string) => {
    try {
      const next = await patch<Source>(path, what, { ifMatch: source.version });
      loaded.set(() => next);
      toast({ text: said, tone: "good" });
    } catch (error) {
      say(error);
    }
  };
  const act = async (what: Asked) => {
    ask(null);
    if (what === "off") {
      return await change({ status: "disabled" }, `${source.name} is off: its events are answered 401.`);
    }
    try {
      if (what === "rotate") {
        const { secret: made, ...next } = await post<SourceWithSecret>(`${path}/rotate`, {});
        loaded.set(() => next);
        setSecret(made);
      } else {
        await del(path);
        toast({ text: `${source.name} is removed. What it sent stays in the inbox.`, tone: "good" });
        route("/settings/sources", true);
      }
    } catch (error) {
      say(error);
    }
  };
  const on = source.status === "enabled";
  const items: MenuEntry[] = [
    on
      ? { label: "Turn off…", icon: "lock", onSelect: () => ask("off") }
      : {
          label: "Turn on",
          icon: "check",
          onSelect: () => void change({ status: "enabled" }, `${source.name} is on again.`),
        },
    { separator: true },
    { label: "Remove…", icon: "trash-2", danger: true, onSelect: () => ask("remove") },
  ];
  const { tone, label } = sourceState(source);
  return (
    <Page
      title={source.name}
      width="full"
      lead={
        <span class="row">
          <StatusPill tone={tone}>{label}</StatusPill>
          <span>Signature: {SCHEMES[source.scheme].label}</span>
        </span>
      }
      actions={
        <>
          <Button icon="key-round" onClick={() => ask("rotate")}>
            New secret
          </Button>
          <Menu
            label={`More about ${source.name}`}
            trigger={<Button icon="ellipsis">More</Button>}
            items={items}
          />
        </>
      }
    >
      <div class="beside source-parts">
        <div class="stack">
          <SourceErrors
            source={source}
            onTurnOn={() => void change({ status: "enabled" }, `${source.name} is on again.`)}
          />
          <SourceAddress source={source} />
          <SourceRecent source={source} />
        </div>
        <div class="stack">
          <SourceEdit source={source} onSaved={(next) => loaded.set(() => next)} onReload={loaded.reload} />
          <Card title="Send a first event">
            <div class="stack">
              <p>
                With openssl and curl and nothing else. Put the secret into the first line; the event then
                stands in the inbox within seconds.
              </p>
              <Code name="first-event.sh">{firstEvent(source.scheme, source.hookUrl)}</Code>
            </div>
          </Card>
        </div>
      </div>
      <SecretDialog
        secret={secret}
        title="The new secret"
        name="Secret"
        steps={[
          "The one before it still counts for 24 hours, so that nothing is lost meanwhile.",
          ...SECRET_STEPS,
        ]}
        onClose={() => setSecret(null)}
      />
      <Confirm asked={asked} name={source.name} onClose={() => ask(null)} onDo={(what) => void act(what)} />
    </Page>
  );
}

const QUESTIONS: Record<
  Asked,
  { title: (name: string) => string; text: string; button: string; danger: boolean }
> = {
  rotate: {
    title: (name) => `Make a new secret for ${name}?`,
    text: "It is shown once. The one that is in use now counts for 24 hours more, so there is time to put the new one into the sender.",
    button: "Make a new secret",
    danger: false,
  },
  off: {
    title: (name) => `Turn ${name} off?`,
    text: "Whatever it sends from now on is answered 401 and not kept. Most senders try again for some time, so turn it on again soon if it is only for a while.",
    button: "Turn off",
    danger: true,
  },
  remove: {
    title: (name) => `Remove ${name}?`,
    text: "Its address and its secret stop working at once, for good. What it sent and what came of that stays.",
    button: "Remove",
    danger: true,
  },
};

interface ConfirmProps {
  asked: Asked | null;
  name: string;
  onClose: () => void;
  onDo: (asked: Asked) => void;
}

function Confirm({ asked, name, onClose, onDo }: ConfirmProps) {
  const words = asked && QUESTIONS[asked];
  return (
    <Dialog
      open={asked !== null}
      onClose={onClose}
      title={words?.title(name)}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant={words?.danger ? "danger" : "primary"} onClick={() => asked && onDo(asked)}>
            {words?.button}
          </Button>
        </>
      }
    >
      <p>{words?.text}</p>
    </Dialog>
  );
}
