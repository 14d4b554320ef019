import { z } from "zod";
import { Email, Name, Time } from "../../http/shapes";
import { Session } from "../sessions/schema";
import { Password } from "../users/schema";

export const Slug = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?$/, "Use small letters, digits and hyphens.");

export const Organization = z
  .object({
    id: z.string(),
    name: z.string(),
    slug: z.string(),
    domain: z.string().nullable(),
    brand: z.object({ accent: z.string().nullable(), about: z.string().nullable() }),
    languages: z.array(z.string()),
    replyByDays: z.number().int().nullable(),
    privacy: z.object({ contact: z.string().nullable(), policyUrl: z.string().nullable() }),
    version: z.number().int(),
    createdAt: Time,
    updatedAt: Time,
  })
  .meta({ id: "Organization" });
export type Organization = z.infer<typeof Organization>;

export const SignUp = z.strictObject({
  name: Name,
  slug: Slug,
  email: Email,
  password: Password,
  adminName: Name,
});
export type SignUp = z.infer<typeof SignUp>;
export const SignedUp = Session.extend({ organization: Organization }).meta({ id: "SignedUp" });

export const OrganizationChange = z
  .strictObject({
    name: Name,
    slug: Slug,
    domain: z
      .string()
      .trim()
      .toLowerCase()
      .regex(
        /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/,
        "Write a host name like jobs.example.com.",
      )
      .nullable(),
    brand: z
      .strictObject({
        accent: z
          .string()
          .regex(/^#[0-9a-fA-F]{6}$/, "Write a colour like #1f7a6d.")
          .nullable(),
        about: z.string().trim().max(2000).nullable(),
      })
      .partial(),
    languages: z.array(z.string().trim().min(2).max(35)).min(1).max(20),
    replyByDays: z.number().int().min(1).max(365).nullable(),
    privacy: z
      .strictObject({
        contact: Email.nullable(),
        policyUrl: z
          .url({ protocol: /^https$/ })
          .max(500)
          .nullable(),
      })
      .partial(),
  })
  .partial()
  .refine((change) => Object.keys(change).length > 0, "Send at least one field to change.");
export type OrganizationChange = z.infer<typeof OrganizationChange>;
