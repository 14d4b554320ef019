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
    brand: z.object({
      accent: z.string().nullable(),
      headline: z.string().nullable(),
      about: z.string().nullable(),
      /** ISO 3166-1 alpha-2. */
      country: z.string().nullable(),
      /** Its path. */
      logo: z.string().nullable(),
    }),
    languages: z.array(z.string()),
    replyByDays: z.number().int().nullable(),
    asksEqualOpportunity: z.boolean(),
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

const brand = {
  accent: z
    .string()
    .regex(/^#[0-9a-fA-F]{6}$/, "Write a colour like #1f7a6d.")
    .nullable(),
  headline: z.string().trim().max(120).nullable(),
  about: z.string().trim().max(2000).nullable(),
  country: z
    .string()
    .trim()
    .toUpperCase()
    .regex(/^[A-Z]{2}$/, "Use a two-letter country code (ISO 3166-1), like DE.")
    .nullable(),
};

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
    brand: z.strictObject(brand).partial(),
    languages: z.array(z.string().trim().min(2).max(35)).min(1).max(20),
    replyByDays: z.number().int().min(1).max(365).nullable(),
    asksEqualOpportunity: z.boolean(),
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

/** What an admin is about to save, to be seen on the careers page first. */
export const CareersPreviewQuery = z
  .strictObject({
    name: Name,
    brand: z.strictObject(brand).partial(),
    privacy: OrganizationChange.shape.privacy,
  })
  .partial();
export type CareersPreviewQuery = z.infer<typeof CareersPreviewQuery>;

/** A public page without its styles, and these: a frame in the app may not have them inline. */
export const CareersPreview = z
  .object({ html: z.string(), styles: z.array(z.string()) })
  .meta({ id: "CareersPreview" });
export type CareersPreview = z.infer<typeof CareersPreview>;

/** A job's public page, as it is or would be. */
export const JobPreview = CareersPreview.extend({
  /** Where it is; null while nobody outside sees it. */
  address: z.string().nullable(),
  /** What keeps it out of search engines' lists of jobs; null where nothing does. */
  missing: z.string().nullable(),
}).meta({ id: "JobPreview" });
export type JobPreview = z.infer<typeof JobPreview>;
