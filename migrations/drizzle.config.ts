import { defineConfig } from "drizzle-kit";

// Only for `npm run migrations`, which writes the SQL; wrangler applies it. Paths count from the checkout.
export default defineConfig({
  dialect: "sqlite",
  schema: "./worker/db/schema.ts",
  out: "./migrations",
});
