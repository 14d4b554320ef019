import type { Role } from "../../worker/features/users/words";
import type { IconName } from "../ui";
import { ADMINS, AGENTS, PORTAL, TEAM } from "./access";

export interface NavItem {
  href: string;
  label: string;
  icon: IconName;
  roles: readonly Role[];
  /** Stands in a menu of this name instead of the bar. */
  under?: string;
}

/** The whole navigation: one line an entry, in the order shown. */
export const NAVIGATION: readonly NavItem[] = [
  { href: "/home", label: "Home", icon: "house", roles: ["agent", "candidate", "client_user"] },
  { href: "/documents", label: "Documents", icon: "file-text", roles: PORTAL },
  { href: "/profile", label: "Profile", icon: "user", roles: AGENTS },
  { href: "/pool", label: "Board", icon: "square-kanban", roles: TEAM },
  { href: "/pool/list", label: "List", icon: "list", roles: TEAM },
  { href: "/documents/review", label: "Review", icon: "file-check", roles: TEAM },
  { href: "/settings/team", label: "Team", icon: "users", roles: ADMINS, under: "Settings" },
  {
    href: "/settings/organization",
    label: "Organization",
    icon: "building-2",
    roles: ADMINS,
    under: "Settings",
  },
  { href: "/settings/documents", label: "Document types", icon: "file-text", roles: TEAM, under: "Settings" },
];
