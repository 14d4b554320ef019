import { index, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { changeId, id, json, orgId, time } from "../../db/columns";
import type { Scope } from "./words";

/** Keys of other systems: shown once, stored hashed. */
export const apiKeys = sqliteTable(
  "api_keys",
  {
    id: id(),
    orgId: orgId(),
    name: text("name").notNull(),
    /** The first characters, for people to know it again. */
    start: text("start").notNull(),
    hash: text("hash").notNull(),
    scopes: json<Scope[]>("scopes").notNull(),
    /** Addresses and ranges, v4 and v6; null for any. */
    ipAllowList: json<string[]>("ip_allow_list"),
    expiresAt: time("expires_at"),
    lastUsedAt: time("last_used_at"),
    revokedAt: time("revoked_at"),
    createdBy: text("created_by"),
    changeId: changeId(),
    createdAt: time("created_at").notNull(),
  },
  (t) => [uniqueIndex("api_keys_hash").on(t.hash), index("api_keys_org").on(t.orgId, t.id)],
);
