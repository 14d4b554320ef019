import { useSignal } from "@preact/signals";
import { useEffect, useLayoutEffect } from "preact/hooks";
import { ErrorBoundary, LocationProvider, Route, Router, useLocation } from "preact-iso";
import { loadMe, me, sessionTrouble } from "../lib/session";
import { lineOf, MustChangePassword, ROUTES } from "../routes";
import { Progress } from "../ui";
import { HOME, moodOf, nextPath } from "./access";
import { Frame } from "./frame";
import { Crash, Denied, NoSession, NotFound, Splash } from "./notes";
import { openOwnChannel } from "./own-channel";

/** Addresses that the server answers itself; links to them leave the app. */
const OURS = /^(?!\/(?:api|assets|careers|dev\/outbox)(?:\/|$))/;

/** The whole app. */
export function App() {
  return (
    <LocationProvider scope={OURS}>
      <Screens />
    </LocationProvider>
  );
}

function Screens() {
  const { url, path, query, route } = useLocation();
  const person = me.value;
  const line = lineOf(path);
  const who = line?.who ?? "anyone";

  useEffect(() => {
    void loadMe();
  }, []);
  // Until the password is one's own, the server lets nothing else through.
  const entered = person && !person.mustChangePassword;
  useEffect(() => (entered ? openOwnChannel(person) : undefined), [person?.id, entered]);
  const mood = moodOf(person);
  useLayoutEffect(() => {
    document.documentElement.dataset.mood = mood;
  }, [mood]);
  // The portal wears the organization's colour; the team's own place doesn't.
  const accent = mood === "portal" ? (person?.organization.accent ?? null) : null;
  useLayoutEffect(() => {
    // Only those who have a colour of their own fetch what it takes to wear it; without it ours serves.
    if (accent ?? document.documentElement.style.length)
      void import("./accent").then(({ wearAccent }) => wearAccent(accent)).catch(() => undefined);
  }, [accent]);

  // Where one has no business yet, or none any more.
  let elsewhere: string | null = null;
  if (person === null && (path === "/" || typeof who !== "string")) {
    elsewhere = path === "/" ? "/login" : `/login?next=${encodeURIComponent(url)}`;
  } else if (person && (path === "/" || who === "guest")) {
    elsewhere = nextPath(query) ?? HOME;
  }
  useLayoutEffect(() => {
    if (elsewhere) route(elsewhere, true);
  }, [elsewhere]);

  // Guests need not wait until it is certain that they are guests.
  if (person === undefined && (path === "/" || typeof who !== "string")) {
    return sessionTrouble.value ? <NoSession error={sessionTrouble.value} /> : <Splash />;
  }
  if (elsewhere) return <Splash />;
  if (!person) return <Routed />;
  if (person.mustChangePassword && who !== "anyone") {
    return (
      <ErrorBoundary>
        <MustChangePassword />
      </ErrorBoundary>
    );
  }
  const allowed = typeof who === "string" || who.includes(person.role);
  if (line && who === "anyone") return <Routed />;
  return <Frame person={person}>{allowed ? <Routed /> : <Denied person={person} who={who} />}</Frame>;
}

/** The screen of the present address; while its code is on the way, the one before stays. */
function Routed() {
  const { path } = useLocation();
  const waiting = useSignal(false);
  return (
    <Crash at={path}>
      {waiting.value && (
        <div class="arriving">
          <Progress label="Loading the page" />
        </div>
      )}
      <Router
        onLoadStart={() => {
          waiting.value = true;
        }}
        onLoadEnd={() => {
          waiting.value = false;
        }}
        onRouteChange={toTop}
      >
        {ROUTES.map((line) => (
          <Route key={line.path} path={line.path} component={line.screen} />
        ))}
        <Route default component={Nowhere} />
      </Router>
    </Crash>
  );
}

function Nowhere() {
  return <NotFound person={me.value ?? null} />;
}

/** After a change of page, reading and tabbing start at its heading. */
function toTop() {
  requestAnimationFrame(() => {
    // A screen that put the focus somewhere itself knows better.
    if (document.getElementById("main")?.contains(document.activeElement)) return;
    const start = document.querySelector<HTMLElement>("#main h1") ?? document.getElementById("main");
    start?.focus({ preventScroll: true });
  });
}
