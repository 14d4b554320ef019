import { describe, expect, it } from "vitest";
import { canonical, canonicalPath } from "./aliases";

describe("canonicalPath", () => {
  it.each([
    ["/api/login/", "/api/auth/login", true],
    ["/api/v1/v2/applications/app_1/advance/", "/api/applications/app_1/advance", true],
    ["/api/v1/login", "/api/auth/login", true],
    ["/api/profile", "/api/auth/me", true],
    ["/api/password-reset/confirm", "/api/auth/password-reset/confirm", true],
    ["/health/", "/api/health", true],
    ["/status/abc", "/status/abc", false],
    ["/api/agents/", "/api/agents", false],
    ["/api/loginx", "/api/loginx", false],
    ["/", "/", false],
  ])("%s is served by %s", (from, path, alias) => {
    expect(canonicalPath(from)).toEqual({ path, alias });
  });
});

describe("canonical", () => {
  const post = (path: string, body: string) =>
    canonical(
      new Request(`https://portico.test${path}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body,
      }),
    );

  it("takes snake_case names on alias paths, inside lists and objects too", async () => {
    const request = await post("/api/v1/jobs/", '{"first_name":"Ada","job_stages":[{"reply_days":1}]}');
    expect(await request.json()).toEqual({ firstName: "Ada", jobStages: [{ replyDays: 1 }] });
  });

  it("leaves the keys of a form's answers as the form has them", async () => {
    const request = await post("/api/v1/applications", '{"form_answers":{"why_me":{"in_short":1}}}');
    expect(await request.json()).toEqual({ formAnswers: { why_me: { in_short: 1 } } });
  });

  it("leaves the names of our own paths and broken JSON as they are", async () => {
    expect(await (await post("/api/agents/", '{"first_name":1}')).json()).toEqual({ first_name: 1 });
    expect(await (await post("/api/login", "{nope")).text()).toBe("{nope");
  });
});
