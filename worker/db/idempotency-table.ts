import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { time } from "./columns";

/** First answers by caller and key: 48 hours long the same key gets the same answer. */
export const idempotencyKeys = sqliteTable(
  "idempotency_keys",
  {
    caller: text("caller").notNull(),
    keyHash: text("key_hash").notNull(),
    requestHash: text("request_hash").notNull(),
    status: integer("status").notNull(),
    /** Sealed under a key made from the Idempotency-Key itself, because answers may carry secrets. */
    sealed: text("sealed").notNull(),
    expiresAt: time("expires_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.caller, t.keyHash] }), index("idempotency_expiry").on(t.expiresAt)],
);
