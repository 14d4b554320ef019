import type { Me } from "../../worker/features/users/schema";
import { INTERNAL_ROLES, type Role } from "../../worker/features/users/words";

/** Who a screen is for: everybody, people who are not logged in, or these roles. */
export type Who = "anyone" | "guest" | readonly Role[];

export const EVERY_ROLE: readonly Role[] = ["admin", "recruiter", "client_user", "candidate", "agent"];
export const TEAM: readonly Role[] = ["admin", "recruiter"];
/** The team, and clients, who see what is theirs. */
export const HIRING: readonly Role[] = ["admin", "recruiter", "client_user"];
export const ADMINS: readonly Role[] = ["admin"];
export const AGENTS: readonly Role[] = ["agent"];
export const CANDIDATES: readonly Role[] = ["candidate"];
export const PORTAL: readonly Role[] = ["candidate", "agent"];

/** How each role is called in a sentence. */
export const ROLE_WORDS: Record<Role, { one: string; many: string }> = {
  admin: { one: "an admin", many: "admins" },
  recruiter: { one: "a recruiter", many: "recruiters" },
  client_user: { one: "a client user", many: "client users" },
  candidate: { one: "a candidate", many: "candidates" },
  agent: { one: "an agent", many: "agents" },
};

/** The screen that everybody begins with; what it shows is each role's own. */
export const HOME = "/home";

/** The calm look of the portal, or the dense one of the ATS. */
export function moodOf(person: Me | null | undefined): "portal" | "ats" {
  return person && (INTERNAL_ROLES as readonly Role[]).includes(person.role) ? "ats" : "portal";
}

/** Where to go after logging in: the page that was asked for, never another site. */
export function nextPath(query: Record<string, string>): string | null {
  const next = query.next;
  if (!next?.startsWith("/") || next.startsWith("//") || next.includes("\\")) return null;
  return next;
}
