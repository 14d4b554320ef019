import type { Role } from "../../worker/features/users/words";
import type { IconName } from "../ui";
import { ADMINS, AGENTS, EVERY_ROLE, HIRING, PORTAL, TEAM } from "./access";

export interface NavItem {
  href: string;
  label: string;
  icon: IconName;
  roles: readonly Role[];
  /** Stands in a menu of this name instead of the bar. */
  under?: string;
  /** Begins a part of the menu, which this is called. */
  heading?: string;
  /** Where the bar is short, as on a phone, it stands in the menu "More". */
  more?: boolean;
}

/** The whole navigation: one line an entry, in the order shown. */
export const NAVIGATION: readonly NavItem[] = [
  { href: "/home", label: "Home", icon: "house", roles: EVERY_ROLE },
  { href: "/campaigns", label: "Campaigns", icon: "briefcase", roles: AGENTS },
  { href: "/onboarding", label: "Onboarding", icon: "list-todo", roles: AGENTS },
  { href: "/documents", label: "Documents", icon: "file-text", roles: PORTAL },
  { href: "/evaluations", label: "Evaluations", icon: "chart-no-axes-column", roles: AGENTS, more: true },
  { href: "/profile", label: "Profile", icon: "user", roles: ["candidate"] },
  { href: "/profile", label: "Profile", icon: "user", roles: AGENTS, more: true },
  { href: "/jobs", label: "Jobs", icon: "briefcase", roles: HIRING },
  { href: "/candidates", label: "Candidates", icon: "users", roles: TEAM },
  { href: "/campaigns", label: "Campaigns", icon: "flag", roles: TEAM, more: true },
  { href: "/campaigns", label: "Campaigns", icon: "flag", roles: ["client_user"] },
  { href: "/interviews", label: "Interviews", icon: "calendar-clock", roles: TEAM, more: true },
  { href: "/interviews", label: "Interviews", icon: "calendar-clock", roles: ["client_user"] },
  { href: "/applications", label: "Applications", icon: "inbox", roles: TEAM, more: true },
  { href: "/clients", label: "Clients", icon: "building", roles: TEAM, more: true },
  { href: "/tasks", label: "Tasks", icon: "list-todo", roles: TEAM },
  { href: "/pool", label: "Agent pool", icon: "square-kanban", roles: TEAM, more: true },
  { href: "/onboarding", label: "Onboarding", icon: "check-check", roles: TEAM, more: true },
  { href: "/documents/review", label: "Review", icon: "file-check", roles: TEAM, more: true },
  { href: "/settings/workflows", label: "Workflows", icon: "workflow", roles: TEAM, under: "Settings" },
  {
    href: "/settings/pool",
    label: "Agent pool stages",
    icon: "square-kanban",
    roles: TEAM,
    under: "Settings",
  },
  { href: "/settings/team", label: "Team", icon: "users", roles: ADMINS, under: "Settings" },
  {
    href: "/settings/portal-accounts",
    label: "Portal accounts",
    icon: "key-round",
    roles: ADMINS,
    under: "Settings",
  },
  {
    href: "/settings/organization",
    label: "Organization",
    icon: "building-2",
    roles: ADMINS,
    under: "Settings",
  },
  { href: "/settings/careers", label: "Careers page", icon: "monitor", roles: ADMINS, under: "Settings" },
  {
    href: "/settings/equal-opportunity",
    label: "Equal opportunity",
    icon: "chart-no-axes-column",
    roles: ADMINS,
    under: "Settings",
  },
  {
    href: "/settings/onboarding",
    label: "Onboarding steps",
    icon: "list-todo",
    roles: TEAM,
    under: "Settings",
  },
  { href: "/settings/documents", label: "Document types", icon: "file-text", roles: TEAM, under: "Settings" },
  {
    href: "/settings/evaluations",
    label: "Evaluations",
    icon: "star",
    roles: TEAM,
    under: "Settings",
  },
  {
    href: "/settings/webhooks",
    label: "Webhooks",
    icon: "send",
    roles: ADMINS,
    under: "Settings",
    heading: "Integrations",
  },
  { href: "/settings/sources", label: "Sources", icon: "download", roles: ADMINS, under: "Settings" },
  { href: "/settings/inbox", label: "Inbox", icon: "inbox", roles: ADMINS, under: "Settings" },
  {
    href: "/settings/webhooks/health",
    label: "Health",
    icon: "chart-no-axes-column",
    roles: ADMINS,
    under: "Settings",
  },
  { href: "/settings/api-keys", label: "API keys", icon: "key-round", roles: ADMINS, under: "Settings" },
];
