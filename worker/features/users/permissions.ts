import type { Role } from "./words";

/**
 * Who may do what, as one table: deny by default. `own` allows the action on what belongs to the caller;
 * queries narrow it to that, so that another person's is absent rather than forbidden.
 */
const TABLE = {
  "agent.list": { admin: "any", recruiter: "any" },
  "agent.read": { admin: "any", recruiter: "any", agent: "own" },
  "agent.update": { admin: "any", recruiter: "any", agent: "own" },
  "agent.assess": { admin: "any", recruiter: "any" },
  "agent.move": { admin: "any", recruiter: "any" },
  "agent.timeline": { admin: "any", recruiter: "any" },
  "agent.home": { agent: "own" },
  "pipeline.list": { admin: "any", recruiter: "any", client_user: "own" },
  "pipeline.board": { admin: "any", recruiter: "any", client_user: "own" },
  "pipeline.watch": {
    admin: "any",
    recruiter: "any",
    client_user: "own",
    agent: "own",
    candidate: "own",
  },
  "document.upload": { admin: "any", recruiter: "any", agent: "own", candidate: "own" },
  "document.read": {
    admin: "any",
    recruiter: "any",
    client_user: "own",
    agent: "own",
    candidate: "own",
  },
  "document.review": { admin: "any", recruiter: "any" },
  "document.delete": { admin: "any", agent: "own", candidate: "own" },
  "document.request": { admin: "any", recruiter: "any" },
  "document.requests.read": { admin: "any", recruiter: "any", agent: "own", candidate: "own" },
  "document.types.read": { admin: "any", recruiter: "any" },
  "document.types.write": { admin: "any", recruiter: "any" },
  "notification.create": { admin: "any", recruiter: "any" },
  "organization.read": { admin: "any", recruiter: "any", client_user: "any", candidate: "any", agent: "any" },
  "organization.update": { admin: "any" },
  "user.manage": { admin: "any" },
  "candidate.portal": { candidate: "own" },
  "portal-account.manage": { admin: "any" },
  "client.read": { admin: "any", recruiter: "any", client_user: "own" },
  "client.write": { admin: "any", recruiter: "any" },
  "client.users": { admin: "any" },
  "job.read": { admin: "any", recruiter: "any", client_user: "own" },
  "job.write": { admin: "any", recruiter: "any" },
  "candidate.read": { admin: "any", recruiter: "any" },
  "candidate.write": { admin: "any", recruiter: "any" },
  "candidate.import": { admin: "any", recruiter: "any" },
  "candidate.export": { admin: "any", recruiter: "any" },
  "application.list": { admin: "any", recruiter: "any", client_user: "own" },
  "application.read": { admin: "any", recruiter: "any", client_user: "own", candidate: "own" },
  "application.create": { admin: "any", recruiter: "any" },
  "application.update": { admin: "any", recruiter: "any" },
  "application.move": { admin: "any", recruiter: "any" },
  "equal_opportunity.read": { admin: "any" },
  "application.withdraw": { admin: "any", recruiter: "any", candidate: "own" },
  "application.delete": { admin: "any", recruiter: "any" },
  "interview.list": { admin: "any", recruiter: "any", client_user: "own" },
  "interview.read": { admin: "any", recruiter: "any", client_user: "own", candidate: "own" },
  "interview.write": { admin: "any", recruiter: "any" },
  "interview.book": { admin: "any", recruiter: "any", candidate: "own" },
  "interview.decide": { admin: "any", recruiter: "any", client_user: "own" },
  "campaign.list": { admin: "any", recruiter: "any", client_user: "own", agent: "own", candidate: "own" },
  "campaign.read": { admin: "any", recruiter: "any", client_user: "own", agent: "own" },
  "campaign.write": { admin: "any", recruiter: "any" },
  "campaign.agents": { admin: "any", recruiter: "any", client_user: "own" },
  "campaign.apply": { agent: "own" },
  "campaign.assign": { admin: "any", recruiter: "any" },
  "onboarding.read": { admin: "any", recruiter: "any", agent: "own" },
  "onboarding.complete": { agent: "own" },
  "onboarding.oversee": { admin: "any", recruiter: "any" },
  "onboarding.define": { admin: "any" },
  "evaluation.read": { admin: "any", recruiter: "any", agent: "own", candidate: "own" },
  "evaluation.write": { admin: "any", recruiter: "any" },
  "evaluation.types.write": { admin: "any", recruiter: "any" },
  "workflow.read": { admin: "any", recruiter: "any" },
  "workflow.write": { admin: "any", recruiter: "any" },
  "task.read": { admin: "any", recruiter: "any" },
  "task.write": { admin: "any", recruiter: "any" },
  "dashboard.read": { admin: "any", recruiter: "any" },
  "webhook.read": { admin: "any" },
  "webhook.write": { admin: "any" },
  "integration.read": { admin: "any" },
  "integration.write": { admin: "any" },
  "api-key.manage": { admin: "any" },
  "metrics.read": { admin: "any" },
} as const satisfies Record<string, Partial<Record<Role, "any" | "own">>>;

export type Permission = keyof typeof TABLE;
export const PERMISSIONS = Object.keys(TABLE) as Permission[];

export interface Subject {
  /** True where it belongs to the caller. */
  own: boolean;
}

/**
 * May somebody with this role do that? Without a subject: may they ever.
 */
export function can(role: Role, permission: Permission, subject?: Subject): boolean {
  const reach = (TABLE[permission] as Partial<Record<Role, "any" | "own">>)[role];
  return reach === "any" || (reach === "own" && (subject === undefined || subject.own));
}

/** Everything a role may ever do, for the web app to show what there is. */
export function permissionsOf(role: Role): Permission[] {
  return PERMISSIONS.filter((permission) => can(role, permission));
}
