import { z } from "zod";
import { pageOf, pageQuery, Time } from "../../http/shapes";
import { SCOPES } from "./words";

export const ApiKey = z
  .object({
    id: z.string(),
    name: z.string(),
    /** Its first characters, to know it again. */
    start: z.string(),
    scopes: z.array(z.enum(SCOPES)),
    ipAllowList: z.array(z.string()).nullable(),
    expiresAt: Time.nullable(),
    lastUsedAt: Time.nullable(),
    createdAt: Time,
  })
  .meta({ id: "ApiKey" });
export type ApiKey = z.infer<typeof ApiKey>;
export const ApiKeyPage = pageOf(ApiKey);
/** As a key is answered once. */
export const ApiKeyWithSecret = ApiKey.extend({ key: z.string() }).meta({ id: "ApiKeyWithSecret" });
export type ApiKeyWithSecret = z.infer<typeof ApiKeyWithSecret>;
export const ApiKeyQuery = z.strictObject({ ...pageQuery });

export const NewApiKey = z.strictObject({
  name: z.string().trim().min(1, "Give it a name that you will know again.").max(100),
  scopes: z.array(z.enum(SCOPES)).min(1, "Choose at least one thing that the key is for."),
  ipAllowList: z.array(z.string().trim().max(60)).max(100).nullable().default(null),
  expiresAt: z.iso.datetime({ offset: true }).nullable().default(null),
});
export type NewApiKey = z.infer<typeof NewApiKey>;
