import { z } from "zod";
import { Email, LastName, Name, Phone, pageOf, pageQuery, Time } from "../../http/shapes";
import { Password } from "../users/schema";
import { CLIENT_STATUSES } from "./words";

const line = (most: number) => z.string().trim().max(most).nullable();

/** A web address people can follow; one typed without its scheme gets https. */
export const WebAddress = z
  .string()
  .trim()
  .max(500)
  .transform((text) => (text === "" || /^[a-z][a-z0-9+.-]*:/i.test(text) ? text : `https://${text}`))
  .pipe(z.url({ protocol: /^https?$/, error: "Write a web address like https://example.com." }));

const fields = {
  companyName: Name,
  status: z.enum(CLIENT_STATUSES),
  industry: line(100),
  website: WebAddress.nullable(),
  phone: Phone.nullable(),
  address: line(200),
  city: line(100),
  state: line(100),
  country: line(100),
  postalCode: line(20),
  /** For the team only. */
  notes: line(5000),
};

export const Client = z
  .object({
    id: z.string(),
    companyName: z.string(),
    status: z.enum(CLIENT_STATUSES),
    industry: z.string().nullable(),
    website: z.string().nullable(),
    phone: z.string().nullable(),
    address: z.string().nullable(),
    city: z.string().nullable(),
    state: z.string().nullable(),
    country: z.string().nullable(),
    postalCode: z.string().nullable(),
    /** Null for the client's own people, who don't see what the team notes. */
    notes: z.string().nullable(),
    jobCount: z.number().int(),
    openJobCount: z.number().int(),
    version: z.number().int(),
    createdBy: z.string().nullable(),
    createdAt: Time,
    updatedAt: Time,
  })
  .meta({ id: "Client" });
export type Client = z.infer<typeof Client>;
export const ClientPage = pageOf(Client);

export const ClientListQuery = z.strictObject({
  ...pageQuery,
  status: z.enum(CLIENT_STATUSES).optional(),
  /** Words that start a word of the company's name, industry or city. */
  q: z.string().trim().max(100).optional(),
  sort: z.enum(["-createdAt", "createdAt"]).default("-createdAt"),
});

export const NewClient = z.strictObject({
  companyName: Name,
  status: z.enum(CLIENT_STATUSES).default("active"),
  ...z.object(fields).omit({ companyName: true, status: true }).partial().shape,
});
export type NewClient = z.infer<typeof NewClient>;

export const ClientChange = z
  .strictObject(fields)
  .partial()
  .refine((change) => Object.keys(change).length > 0, "Send at least one field to change.");
export type ClientChange = z.infer<typeof ClientChange>;

/** Somebody of a client company, who sees its jobs and what is shared with it. */
export const ClientUser = z
  .object({
    id: z.string(),
    email: z.string(),
    name: z.string(),
    firstName: z.string(),
    lastName: z.string(),
    phone: z.string().nullable(),
    role: z.literal("client_user"),
    clientId: z.string(),
    status: z.enum(["active", "invited", "disabled"]),
    mustChangePassword: z.boolean(),
    lastLoginAt: Time.nullable(),
    version: z.number().int(),
    createdAt: Time,
    updatedAt: Time,
  })
  .meta({ id: "ClientUser" });
export type ClientUser = z.infer<typeof ClientUser>;
export const ClientUserPage = pageOf(ClientUser);
export const ClientUserQuery = z.strictObject(pageQuery);

const names = { name: Name.optional(), firstName: Name.optional(), lastName: LastName.optional() };
export const NewClientUser = z
  .strictObject({
    email: Email,
    ...names,
    phone: Phone.optional(),
    /** Without one an invitation is mailed. */
    password: Password.optional(),
    mustChangePassword: z.boolean().optional(),
  })
  .refine((input) => input.name !== undefined || input.firstName !== undefined, {
    path: ["name"],
    message: "Write a name.",
  });
export type NewClientUser = z.infer<typeof NewClientUser>;

export const ClientUserChange = z
  .strictObject({
    ...names,
    phone: Phone.nullable(),
    status: z.enum(["active", "disabled"]),
    mustChangePassword: z.boolean(),
  })
  .partial()
  .refine((change) => Object.keys(change).length > 0, "Send at least one field to change.");
export type ClientUserChange = z.infer<typeof ClientUserChange>;
