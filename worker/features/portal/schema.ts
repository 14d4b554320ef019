import { z } from "zod";
import { Email, LastName, Name, Phone, pageOf, pageQuery, Time } from "../../http/shapes";
import { WebAddress } from "../clients/schema";
import { Password } from "../users/schema";
import { PORTAL_STATUSES } from "./words";

/** A candidate's account in the portal, as admins see it: document 002's `candidate_portal_users`. */
export const PortalAccount = z
  .object({
    id: z.string(),
    email: z.string(),
    name: z.string(),
    firstName: z.string(),
    lastName: z.string(),
    phone: z.string().nullable(),
    linkedinUrl: z.string().nullable(),
    currentCompany: z.string().nullable(),
    experienceYears: z.number().nullable(),
    status: z.enum(PORTAL_STATUSES),
    mustChangePassword: z.boolean(),
    /** True once somebody has shown that they read the mail of this address. */
    emailVerified: z.boolean(),
    /** Null while somebody who registered has not proved the address. */
    linkedCandidateId: z.string().nullable(),
    lastLoginAt: Time.nullable(),
    version: z.number().int(),
    /** The address of who made it; null for people who registered themselves. */
    createdBy: z.string().nullable(),
    createdAt: Time,
    updatedAt: Time,
  })
  .meta({ id: "PortalAccount" });
export type PortalAccount = z.infer<typeof PortalAccount>;
export const PortalAccountPage = pageOf(PortalAccount);

export const PortalAccountQuery = z.strictObject({
  ...pageQuery,
  /** Words that start a word of the name, e-mail, phone or skills. */
  q: z.string().trim().max(100).optional(),
  status: z.enum(PORTAL_STATUSES).optional(),
});

const names = { name: Name, firstName: Name, lastName: LastName };
const about = {
  phone: Phone.nullable(),
  linkedinUrl: WebAddress.nullable(),
  currentCompany: z.string().trim().max(200).nullable(),
  experienceYears: z.number().min(0).max(70).nullable(),
};

export const NewPortalAccount = z
  .strictObject({
    /** May be left out where the candidate is named. */
    email: Email.optional(),
    ...z.object({ ...names, ...about }).partial().shape,
    /** Whose account it is; without one it is that of the candidate with this address, or of a new one. */
    linkedCandidateId: z.string().max(60).optional(),
    /** Without one a first password is made and mailed. */
    password: Password.optional(),
    /** Left out: yes for a password that was mailed, no for one that was sent here. */
    mustChangePassword: z.boolean().optional(),
  })
  .refine((input) => input.email !== undefined || input.linkedCandidateId !== undefined, {
    path: ["email"],
    message: "Write the e-mail address, or name the candidate.",
  })
  .refine(
    (input) =>
      input.linkedCandidateId !== undefined || input.name !== undefined || input.firstName !== undefined,
    { path: ["name"], message: "Write a name." },
  );
export type NewPortalAccount = z.infer<typeof NewPortalAccount>;

export const PortalAccountChange = z
  .strictObject({
    ...names,
    ...about,
    status: z.enum(PORTAL_STATUSES),
    mustChangePassword: z.boolean(),
  })
  .partial()
  .refine((change) => Object.keys(change).length > 0, "Send at least one field to change.");
export type PortalAccountChange = z.infer<typeof PortalAccountChange>;
