/** The roles that an admin gives. */
export const ROLES = [
  { value: "recruiter", label: "Recruiter" },
  { value: "admin", label: "Admin" },
] as const;
export type TeamRole = (typeof ROLES)[number]["value"];
