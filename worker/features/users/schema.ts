import { z } from "zod";
import { Email, LastName, Name, Phone, pageOf, pageQuery, Time } from "../../http/shapes";
import { INTERNAL_ROLES, PASSWORD_MAX, PASSWORD_MIN, ROLES } from "./words";

export const Password = z
  .string()
  .min(PASSWORD_MIN, `Use at least ${PASSWORD_MIN} characters; 15 or more is better.`)
  .max(PASSWORD_MAX, `Use at most ${PASSWORD_MAX} characters.`);

export const SessionUser = z
  .object({
    id: z.string(),
    email: z.string(),
    name: z.string(),
    role: z.enum(ROLES),
    orgId: z.string(),
    mustChangePassword: z.boolean(),
  })
  .meta({ id: "SessionUser" });
export type SessionUser = z.infer<typeof SessionUser>;

/** `GET /api/auth/me`: who am I, what may I do, where. */
export const Me = SessionUser.extend({
  firstName: z.string(),
  lastName: z.string(),
  phone: z.string().nullable(),
  emailVerified: z.boolean(),
  permissions: z.array(z.string()),
  organization: z.object({
    id: z.string(),
    name: z.string(),
    slug: z.string(),
    /** Its colour, `#rrggbb`, which its portal has too. */
    accent: z.string().nullable(),
  }),
  agentId: z.string().nullable(),
  candidateId: z.string().nullable(),
  /** The agent pool: an agent's own place, and the team's first board. */
  pipelineId: z.string().nullable(),
  unread: z.number().int(),
  version: z.number().int(),
  sessionId: z.string(),
}).meta({ id: "Me" });
export type Me = z.infer<typeof Me>;

export const MeChange = z
  .strictObject({
    name: Name,
    firstName: Name,
    lastName: LastName,
    phone: Phone.nullable(),
  })
  .partial()
  .refine((change) => Object.keys(change).length > 0, "Send at least one field to change.");
export type MeChange = z.infer<typeof MeChange>;

export const User = z
  .object({
    id: z.string(),
    email: z.string(),
    name: z.string(),
    firstName: z.string(),
    lastName: z.string(),
    phone: z.string().nullable(),
    role: z.enum(ROLES),
    status: z.enum(["active", "invited", "disabled"]),
    mustChangePassword: z.boolean(),
    lastLoginAt: Time.nullable(),
    version: z.number().int(),
    createdAt: Time,
    updatedAt: Time,
  })
  .meta({ id: "User" });
export type User = z.infer<typeof User>;
export const UserPage = pageOf(User);
/** Those of the team whom work can be given to. */
export const Colleagues = z
  .object({
    data: z.array(z.object({ id: z.string(), name: z.string(), email: z.string(), role: z.enum(ROLES) })),
    nextCursor: z.null(),
  })
  .meta({ id: "Colleagues" });
export type Colleagues = z.infer<typeof Colleagues>;
export const UserListQuery = z.strictObject({
  ...pageQuery,
  role: z.enum(INTERNAL_ROLES).optional(),
});
/** A name comes whole or in its two parts. */
const names = {
  name: Name.optional(),
  firstName: Name.optional(),
  lastName: LastName.optional(),
};
export const NewUser = z
  .strictObject({
    email: Email,
    ...names,
    role: z.enum(["admin", "recruiter"]),
    phone: Phone.optional(),
    /** Without one an invitation is mailed. */
    password: Password.optional(),
    mustChangePassword: z.boolean().optional(),
  })
  .refine((input) => input.name !== undefined || input.firstName !== undefined, {
    path: ["name"],
    message: "Write a name.",
  });
export type NewUser = z.infer<typeof NewUser>;
export const UserChange = z
  .strictObject({
    ...names,
    phone: Phone.nullable(),
    role: z.enum(["admin", "recruiter"]),
    status: z.enum(["active", "disabled"]),
    mustChangePassword: z.boolean(),
  })
  .partial()
  .refine((change) => Object.keys(change).length > 0, "Send at least one field to change.");
export type UserChange = z.infer<typeof UserChange>;
