import { it } from "vitest";
import { app } from "../../worker/app";
import { operations } from "../../worker/http/openapi";
it("lists", () => {
  console.log(operations(app).map((o) => `${o.method} ${o.path} ${o.endpoint.who} ${Object.keys(o.endpoint.answers)} ${o.body ? "B" : ""}${o.query ? "Q" : ""}`).join("\n"));
  console.log(app.routes.filter((r) => r.path.startsWith("/api")).map((r) => `${r.method} ${r.path}`).filter((x, i, a) => a.indexOf(x) === i).join("\n"));
  throw new Error("show");
});
