import type { AnyComponent } from "preact";
import { lazy } from "preact-iso";
import { exec } from "preact-iso/router";
import { LogIn } from "./account/login";
import { ADMINS, AGENTS, CANDIDATES, EVERY_ROLE, HIRING, PORTAL, TEAM, type Who } from "./shell/access";
import { Home } from "./shell/home";
import { Unreached } from "./shell/notes";

export interface RouteLine {
  path: string;
  who: Who;
  screen: AnyComponent;
}

/** A screen whose code is fetched when it is first shown. */
function later(load: () => Promise<{ default: AnyComponent }>): AnyComponent {
  return lazy(() => load().catch(() => ({ default: Unreached as AnyComponent })));
}

/** A screen of the integrations, under the strip that leads from one of them to the next. */
function ofIntegrations(path: string, load: () => Promise<{ default: AnyComponent }>): RouteLine {
  const screen = later(async () => {
    const [{ underStrip }, loaded] = await Promise.all([import("./webhooks/strip"), load()]);
    return { default: underStrip(loaded.default) };
  });
  return { path, who: ADMINS, screen };
}

/** Every screen, a line each. Log-in and home come with the app, since people begin there. */
export const ROUTES: readonly RouteLine[] = [
  { path: "/login", who: "guest", screen: LogIn },
  { path: "/register/:role?", who: "guest", screen: later(() => import("./account/register")) },
  { path: "/sign-up", who: "guest", screen: later(() => import("./account/sign-up")) },
  { path: "/forgot-password", who: "guest", screen: later(() => import("./account/forgot-password")) },
  { path: "/reset-password", who: "anyone", screen: later(() => import("./account/reset-password")) },
  { path: "/welcome", who: "anyone", screen: later(() => import("./account/welcome")) },
  { path: "/verify-email", who: "anyone", screen: later(() => import("./account/verify-email")) },
  { path: "/account", who: EVERY_ROLE, screen: later(() => import("./account/account")) },
  { path: "/notifications", who: EVERY_ROLE, screen: later(() => import("./account/notifications")) },
  { path: "/home", who: EVERY_ROLE, screen: Home },
  { path: "/documents", who: PORTAL, screen: later(() => import("./agent/documents")) },
  { path: "/profile", who: PORTAL, screen: later(() => import("./account/profile")) },
  { path: "/onboarding/:stepId", who: AGENTS, screen: later(() => import("./agent/onboarding-step")) },
  { path: "/evaluations", who: AGENTS, screen: later(() => import("./agent/evaluations")) },
  {
    path: "/my-applications/:id",
    who: CANDIDATES,
    screen: later(() => import("./candidate/application")),
  },
  { path: "/pool", who: TEAM, screen: later(() => import("./recruiter/pool")) },
  { path: "/pool/list", who: TEAM, screen: later(() => import("./recruiter/list")) },
  { path: "/agents/:id", who: TEAM, screen: later(() => import("./recruiter/agent")) },
  { path: "/documents/review", who: TEAM, screen: later(() => import("./recruiter/review")) },
  { path: "/jobs", who: HIRING, screen: later(() => import("./jobs/list")) },
  { path: "/jobs/new", who: TEAM, screen: later(() => import("./jobs/new")) },
  { path: "/jobs/:id/settings", who: TEAM, screen: later(() => import("./jobs/settings")) },
  { path: "/candidates", who: TEAM, screen: later(() => import("./candidates/list")) },
  { path: "/candidates/import", who: TEAM, screen: later(() => import("./candidates/import")) },
  { path: "/candidates/:id", who: TEAM, screen: later(() => import("./candidates/candidate")) },
  { path: "/clients", who: TEAM, screen: later(() => import("./clients/list")) },
  { path: "/clients/:id", who: TEAM, screen: later(() => import("./clients/client")) },
  {
    path: "/campaigns",
    who: [...HIRING, ...AGENTS],
    screen: later(() => import("./shell/campaigns").then(({ Campaigns }) => ({ default: Campaigns }))),
  },
  { path: "/campaigns/new", who: TEAM, screen: later(() => import("./campaigns/new")) },
  {
    path: "/campaigns/:id",
    who: [...HIRING, ...AGENTS],
    screen: later(() => import("./shell/campaigns").then(({ Campaign }) => ({ default: Campaign }))),
  },
  { path: "/campaigns/:id/edit", who: TEAM, screen: later(() => import("./campaigns/edit")) },
  { path: "/interviews", who: HIRING, screen: later(() => import("./interviews/list")) },
  { path: "/interviews/:id", who: HIRING, screen: later(() => import("./interviews/one")) },
  { path: "/tasks", who: TEAM, screen: later(() => import("./tasks/list")) },
  { path: "/jobs/:id", who: HIRING, screen: later(() => import("./applications/job-board")) },
  { path: "/jobs/:id/list", who: HIRING, screen: later(() => import("./applications/job-list")) },
  { path: "/jobs/:id/triage", who: TEAM, screen: later(() => import("./applications/triage")) },
  { path: "/applications", who: TEAM, screen: later(() => import("./applications/list")) },
  { path: "/applications/held", who: TEAM, screen: later(() => import("./apply-review/held")) },
  { path: "/applications/:id", who: HIRING, screen: later(() => import("./applications/one")) },
  { path: "/jobs/:id/applying", who: TEAM, screen: later(() => import("./apply-review/job")) },
  { path: "/jobs/:id/public", who: TEAM, screen: later(() => import("./jobs/public")) },
  { path: "/jobs/:id/workflow", who: TEAM, screen: later(() => import("./workflows/job")) },
  { path: "/settings/workflows", who: TEAM, screen: later(() => import("./workflows/list")) },
  { path: "/settings/workflows/:id", who: TEAM, screen: later(() => import("./workflows/template")) },
  { path: "/settings/pool", who: TEAM, screen: later(() => import("./workflows/pool")) },
  { path: "/settings/team", who: ADMINS, screen: later(() => import("./admin/team")) },
  { path: "/settings/portal-accounts", who: ADMINS, screen: later(() => import("./admin/portal-users")) },
  { path: "/settings/organization", who: ADMINS, screen: later(() => import("./admin/organization")) },
  { path: "/settings/careers", who: ADMINS, screen: later(() => import("./admin/branding")) },
  {
    path: "/settings/equal-opportunity",
    who: ADMINS,
    screen: later(() => import("./apply-review/equal-opportunity")),
  },
  ofIntegrations("/settings/webhooks", () => import("./webhooks/list")),
  ofIntegrations("/settings/webhooks/new", () => import("./webhooks/new")),
  ofIntegrations("/settings/webhooks/events", () => import("./webhooks/events")),
  ofIntegrations("/settings/webhooks/deliveries", () => import("./deliveries/list")),
  ofIntegrations("/settings/webhooks/deliveries/:id", () => import("./deliveries/one")),
  ofIntegrations("/settings/webhooks/dead-letters", () => import("./deliveries/dead-letters")),
  ofIntegrations("/settings/webhooks/health", () => import("./integrations-health/health")),
  // After all the addresses that are no endpoint's.
  ofIntegrations("/settings/webhooks/:id", () => import("./webhooks/one")),
  ofIntegrations("/settings/sources", () => import("./inbox/sources")),
  ofIntegrations("/settings/sources/new", () => import("./inbox/source-new")),
  ofIntegrations("/settings/sources/:id", () => import("./inbox/source")),
  ofIntegrations("/settings/inbox", () => import("./inbox/list")),
  ofIntegrations("/settings/inbox/:id", () => import("./inbox/one")),
  ofIntegrations("/settings/api-keys", () => import("./api-keys/list")),
  { path: "/settings/documents", who: TEAM, screen: later(() => import("./admin/document-types")) },
  {
    path: "/onboarding",
    who: [...TEAM, ...AGENTS],
    screen: later(() => import("./shell/onboarding")),
  },
  { path: "/settings/onboarding", who: TEAM, screen: later(() => import("./onboarding/settings")) },
  {
    path: "/settings/onboarding/new/:kind",
    who: ADMINS,
    screen: later(() => import("./onboarding/step")),
  },
  { path: "/settings/onboarding/:id", who: TEAM, screen: later(() => import("./onboarding/step")) },
  { path: "/settings/evaluations", who: TEAM, screen: later(() => import("./evaluations/types")) },
  ...(__PORTICO_LOCAL__
    ? [{ path: "/dev/ui", who: "anyone" as const, screen: later(() => import("./ui/gallery/gallery")) }]
    : []),
];

/** The line of an address, if a screen has it. */
export function lineOf(path: string): RouteLine | undefined {
  return ROUTES.find((line) => exec(path, line.path));
}

/** Stands before every screen while a password has to be changed. */
export const MustChangePassword = later(() => import("./account/must-change-password"));
