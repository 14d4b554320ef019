import { Component, type ComponentChildren } from "preact";
import type { Me } from "../../worker/features/users/schema";
import { errorText } from "../lib/client";
import { online } from "../lib/online";
import { loadMe } from "../lib/session";
import { Button, Mark, Page, Trouble } from "../ui";
import { HOME, ROLE_WORDS, type Who } from "./access";
import { useBackOnline } from "./back-online";
import { Entrance } from "./entrance";

/** No screen has this address. */
export function NotFound({ person }: { person: Me | null }) {
  const words = "The address may be mistyped, or what it showed may be gone.";
  const action = (
    <Button variant="primary" href={person ? HOME : "/login"}>
      {person ? "Go to the start" : "Log in"}
    </Button>
  );
  if (!person) {
    return (
      <Entrance title="This page doesn’t exist" lead={words}>
        {action}
      </Entrance>
    );
  }
  return (
    <Page title="This page doesn’t exist" lead={words}>
      <div class="row">{action}</div>
    </Page>
  );
}

/** The screen is there, but not for this role. */
export function Denied({ person, who }: { person: Me; who: Who }) {
  const roles = typeof who === "string" ? [] : who.map((role) => ROLE_WORDS[role].many);
  const list = new Intl.ListFormat("en", { type: "conjunction" }).format(roles);
  return (
    <Page
      title="You can’t open this page"
      lead={`It is for ${list}, and you are logged in as ${ROLE_WORDS[person.role].one}, ${person.email}.`}
    >
      <p>
        An admin of {person.organization.name} can give you access, under Settings, Team. Ask them if you need
        it.
      </p>
      <div class="row">
        <Button variant="primary" href={HOME}>
          Go to the start
        </Button>
      </div>
    </Page>
  );
}

/** It could not be found out who is logged in. */
export function NoSession({ error }: { error: unknown }) {
  return (
    <div class="splash">
      <Mark size={32} />
      <Trouble title="Portico can’t be shown yet" onRetry={() => void loadMe()}>
        {errorText(error)}
      </Trouble>
    </div>
  );
}

/** While that is being found out. */
export function Splash() {
  return (
    <div class="splash" role="status">
      <Mark size={32} />
      <span class="sr-only">Loading Portico</span>
    </div>
  );
}

/** A screen's code could not be fetched: the network broke, or a newer version was put up meanwhile. */
export function Unreached() {
  const reload = () => location.reload();
  useBackOnline(reload);
  return (
    <Page title="This page didn’t arrive">
      {online.value ? (
        <Trouble title="It couldn’t be fetched" onRetry={reload}>
          The connection broke, or Portico was updated while you had it open. Loading it again mends both.
        </Trouble>
      ) : (
        // Without a network, loading it again would leave nothing at all.
        <Trouble title="You are offline">It is shown as soon as the connection is back.</Trouble>
      )}
    </Page>
  );
}

/** Holds a screen that broke, so that the rest stays usable. `at` is the address: a new one tries again. */
export class Crash extends Component<{ at: string; children: ComponentChildren }, { broken: string | null }> {
  override state = { broken: null };

  override componentDidCatch(error: unknown) {
    console.error(error);
    this.setState({ broken: this.props.at });
  }

  override render() {
    if (this.state.broken !== this.props.at) return this.props.children;
    return (
      <Page title="This page broke">
        <Trouble title="This page broke" onRetry={() => this.setState({ broken: null })}>
          That is our fault. What you had saved is safe. Try again, or go on with another page.
        </Trouble>
      </Page>
    );
  }
}
