import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { sweep } from "../../worker/cron/sweep";
import { clock } from "../../worker/lib/clock";
import { sampleJpeg, samplePdf, samplePng, utf8 } from "../fixtures/files";
import { newHiring } from "./hiring";
import { call, json, newOrg, type Org, type Person, settled, worker } from "./org";

interface Organization extends Record<string, unknown> {
  version: number;
  brand: {
    accent: string | null;
    headline: string | null;
    about: string | null;
    country: string | null;
    logo: string | null;
  };
}

let org: Org;
let admin: Person;
beforeAll(async () => {
  org = await newOrg();
});
// Tests move the clock further than a token lives.
beforeEach(async () => {
  admin = await org.person("admin");
});

const patch = (fields: Record<string, unknown>, status = 200) =>
  call("PATCH", "/api/organization", { token: admin.token, json: fields }).then((answer) =>
    json<Organization>(answer, status),
  );
const put = (bytes: Uint8Array, type: string, by = admin) =>
  call("PUT", "/api/organization/logo", {
    token: by.token,
    body: bytes as Uint8Array<ArrayBuffer>,
    headers: { "content-type": type },
  });

describe("an organization's look", () => {
  it("is a headline, words, a colour and a country, each on its own", async () => {
    expect((await patch({ brand: { headline: " Work with us " } })).brand).toMatchObject({
      headline: "Work with us",
      accent: null,
      logo: null,
    });
    const changed = await patch({ brand: { accent: "#0a5c36", country: "de" }, asksEqualOpportunity: true });
    expect(changed).toMatchObject({
      asksEqualOpportunity: true,
      brand: { headline: "Work with us", accent: "#0a5c36", country: "DE" },
    });
    await patch({ brand: { country: "Germany" } }, 422);
    await patch({ brand: { headline: "x".repeat(121) } }, 422);
    await patch({ asksEqualOpportunity: "yes" }, 422);
  });

  it("is still read where an older organization knows neither headline nor logo", async () => {
    const old = await newOrg();
    await worker.DB.prepare(`update organizations set brand = '{"accent":null,"about":null}' where id = ?`)
      .bind(old.id)
      .run();
    const person = await old.person("admin");
    expect(await json(await call("GET", "/api/organization", { token: person.token }), 200)).toMatchObject({
      brand: { accent: null, about: null, headline: null, country: null, logo: null },
      asksEqualOpportunity: false,
    });
    expect((await call("GET", `/careers/${old.slug}`)).status).toBe(200);
  });
});

describe("a logo", () => {
  it("is served to everybody, and under each version for ever", async () => {
    const bytes = samplePng(200, 60);
    const made = await json<Organization>(await put(bytes, "image/png"), 200);
    expect(made.brand.logo).toBe(`/careers/${org.slug}/logo?v=1`);
    clock.advance(5001);
    const answer = await call("GET", made.brand.logo ?? "");
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(bytes);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      "content-type": "image/png",
      "cache-control": "public, max-age=31536000, immutable",
      "x-content-type-options": "nosniff",
      "cross-origin-resource-policy": "cross-origin",
    });
    const page = await (await call("GET", `/careers/${org.slug}`)).text();
    expect(page).toContain(`<img src="/careers/${org.slug}/logo?v=1" alt="`);

    const next = await json<Organization>(await put(sampleJpeg(), "image/jpeg"), 200);
    expect(next.brand.logo).toBe(`/careers/${org.slug}/logo?v=2`);
    expect(next.brand.headline).toBe("Work with us");
    clock.advance(5001);
    const old = await call("GET", `/careers/${org.slug}/logo?v=1`);
    expect(old.headers.get("content-type")).toBe("image/jpeg");
    expect(old.headers.get("cache-control")).toBe("public, max-age=0, must-revalidate");
    await old.arrayBuffer();
    expect(await (await call("GET", `/careers/${org.slug}`)).text()).toContain("logo?v=2");
  });

  it("that was replaced or taken away is removed from the store in time, and the one in use is not", async () => {
    const stored = async () => (await worker.FILES.list({ prefix: `${org.id}/` })).objects.length;
    expect(await stored()).toBe(2);
    clock.advance(2 * 60 * 60 * 1000);
    await sweep(worker, () => undefined);
    await settled();
    expect(await stored()).toBe(1);
    admin = await org.person("admin");
    const gone = await call("DELETE", "/api/organization/logo", { token: admin.token });
    expect(gone.status).toBe(204);
    expect((await call("DELETE", "/api/organization/logo", { token: admin.token })).status).toBe(204);
    clock.advance(2 * 60 * 60 * 1000);
    await sweep(worker, () => undefined);
    expect(await stored()).toBe(0);
    const answer = await call("GET", `/careers/${org.slug}/logo?v=2`);
    expect(answer.status).toBe(404);
    await answer.text();
  });

  it.each([
    ["a PDF by its name", samplePdf(), "image/png", 415],
    ["a text", utf8("<svg xmlns='http://www.w3.org/2000/svg'/>"), "image/svg+xml", 415],
    ["a web page called a picture", utf8("<html><script>alert(1)</script></html>"), "image/jpeg", 415],
    ["a broken-off picture", samplePng().slice(0, 40), "image/png", 422],
    ["nothing", new Uint8Array(), "image/png", 422],
    ["too much", new Uint8Array(512 * 1024 + 1), "image/png", 413],
    ["a PNG called JPEG", samplePng(), "image/jpeg", 415],
  ])("is not %s", async (_, bytes, type, status) => {
    const before = await json<Organization>(
      await call("GET", "/api/organization", { token: admin.token }),
      200,
    );
    const problem = await json(await put(bytes, type), status);
    expect(String(problem.detail).length).toBeGreaterThan(20);
    const after = await json<Organization>(
      await call("GET", "/api/organization", { token: admin.token }),
      200,
    );
    expect(after.version).toBe(before.version);
  });

  it("is an admin's to change", async () => {
    expect((await put(samplePng(), "image/png", await org.person("recruiter"))).status).toBe(403);
  });
});

describe("a preview", () => {
  interface Preview {
    html: string;
    styles: string[];
    address?: string | null;
    missing?: string | null;
  }

  it("shows what is not saved, and saves nothing", async () => {
    const before = await json<Organization>(
      await call("GET", "/api/organization", { token: admin.token }),
      200,
    );
    const unsaved = {
      name: "Not yet <b>",
      brand: { headline: "Try me", about: "- one\n- two", accent: "#aa2200" },
    };
    const preview = await json<Preview>(
      await call("POST", "/api/organization/careers-preview", { token: admin.token, json: unsaved }),
      200,
    );
    expect(preview.html).toContain("Try me");
    expect(preview.html).toContain("Not yet &lt;b>");
    expect(preview.html).toContain('<li dir="auto">one</li>');
    expect(preview.html).not.toContain("<style");
    expect(preview.html).not.toContain("<script");
    expect(preview.styles.join("")).toContain("#aa2200");
    expect(await json(await call("GET", "/api/organization", { token: admin.token }), 200)).toEqual(before);
    await json(
      await call("POST", "/api/organization/careers-preview", {
        token: admin.token,
        json: { brand: { accent: "x" } },
      }),
      422,
    );
  });

  it("of a draft is the team's alone, and says what keeps it out of search engines", async () => {
    const own = await newOrg();
    const { recruiter, clientId } = await newHiring(own);
    const make = async (fields: object) =>
      await json<{ id: string; slug: string }>(
        await call("POST", "/api/jobs", {
          token: recruiter.token,
          json: { clientId, title: "Diver", ...fields },
        }),
        201,
      );
    const look = async (id: string, by = recruiter, status = 200) =>
      await json<Preview>(await call("GET", `/api/jobs/${id}/careers-preview`, { token: by.token }), status);
    const draft = await make({ status: "draft" });
    const seen = await look(draft.id);
    expect(seen.html).toContain('<h1 dir="auto">Diver</h1>');
    expect(seen).toMatchObject({ address: null, missing: "The job has no description yet." });
    const vague = await make({ description: "Dive.", location: "By the sea" });
    expect((await look(vague.id)).missing).toContain("in which country");
    const open = await make({ description: "Dive.", location: "Split, Croatia" });
    expect(await look(open.id)).toMatchObject({
      address: `https://portico.test/careers/${own.slug}/${open.slug}`,
      missing: null,
    });
    await look(open.id, await org.person("recruiter"), 404);
    await look(open.slug, recruiter, 404);
  });
});
