import { z } from "zod";
import { Email, LastName, Name, Phone, pageOf, Time } from "../../http/shapes";
import { Agent } from "../agents/schema";
import { Password, SessionUser, User } from "../users/schema";
import { ROLES } from "../users/words";

const slug = z.string().trim().toLowerCase().max(60);

export const Session = z
  .object({
    user: SessionUser,
    accessToken: z.string(),
    refreshToken: z.string(),
    /** Seconds until the access token ends. */
    expiresIn: z.number().int(),
  })
  .meta({ id: "Session" });
export type Session = z.infer<typeof Session>;

/** Either `name` or `firstName` (with `lastName`) is sent. */
const names = {
  name: Name.optional(),
  firstName: Name.optional(),
  lastName: LastName.optional(),
};
export const Registration = z
  .strictObject({
    email: Email,
    password: Password,
    ...names,
    phone: Phone.optional(),
    org: slug.optional(),
    role: z.enum(ROLES).optional(),
    mustChangePassword: z.boolean().optional(),
  })
  .refine((input) => input.name !== undefined || input.firstName !== undefined, {
    path: ["name"],
    message: "Write your name.",
  });
export type Registration = z.infer<typeof Registration>;
/** A person who registers is logged in; a user made by an admin answers `user` alone. */
export const Registered = z
  .object({
    user: z.union([SessionUser, User]),
    agent: Agent.optional(),
    accessToken: z.string().optional(),
    refreshToken: z.string().optional(),
    expiresIn: z.number().int().optional(),
  })
  .meta({ id: "Registered" });

export const Login = z.strictObject({
  email: z.string().trim().toLowerCase().min(1).max(254),
  password: z.string().min(1).max(1000),
  org: slug.optional(),
  totp: z.string().max(20).optional(),
});
export type Login = z.infer<typeof Login>;
export const Refresh = z.strictObject({ refreshToken: z.string().max(500).optional() });
export const PasswordChange = z.strictObject({
  currentPassword: z.string().min(1).max(1000),
  newPassword: Password,
});
export type PasswordChange = z.infer<typeof PasswordChange>;
export const ResetRequest = z.strictObject({ email: Email, org: slug.optional() });
export const ResetConfirm = z.strictObject({ token: z.string().min(1).max(500), password: Password });
export const VerifyEmail = z.strictObject({ token: z.string().min(1).max(500) });

export const OpenSession = z
  .object({
    id: z.string(),
    current: z.boolean(),
    device: z.string(),
    address: z.string().nullable(),
    createdAt: Time,
    lastUsedAt: Time,
  })
  .meta({ id: "OpenSession" });
export type OpenSession = z.infer<typeof OpenSession>;
export const OpenSessionPage = pageOf(OpenSession);

export const LiveTicket = z
  .object({ ticket: z.string(), expiresIn: z.number().int() })
  .meta({ id: "LiveTicket" });
