import { type Context, Hono } from "hono";
import { renderTrouble } from "#careers/trouble";
import { answerRead } from "../../http/answer";
import { ctxFor, endpoint } from "../../http/endpoint";
import { notModified } from "../../http/not-modified";
import type { HttpEnv } from "../../http/types";
import { DomainError } from "../../lib/errors";
import { resolveOrganization } from "../organizations/organizations";
import { JobPreview } from "../organizations/schema";
import { type Asked, kept, taggedPage } from "./cache";
import { feedOf } from "./feed";
import { ownerOfHost } from "./hosts";
import { jobPage, noSuchJob } from "./job";
import { listAddress, listPage, listQueryOf, sourceOf } from "./list";
import { logoOf } from "./logo";
import { previewJob } from "./preview";
import { pageAnswer } from "./send";
import { type KnownSite, siteOf } from "./site";
import { type Listed, robotsOf, sitemapOf, sitemapVersion } from "./sitemap";
import { JOBS_STYLE } from "./style";

const XML = { "content-type": "application/xml; charset=utf-8" };

/** @throws DomainError `not-found` */
const knownOf = (c: Context<HttpEnv>) => siteOf(c.env, c.req.param("org") ?? "", c.get("meter"));

const askedBy = (c: Context<HttpEnv>): Asked => ({
  url: c.req.url,
  after: (work) => c.executionCtx.waitUntil(work),
});

/** An answer of one organization's pages, kept by the edge until anything that they show changes. */
function keptOf(
  c: Context<HttpEnv>,
  { organization }: KnownSite,
  what: string,
  make: () => Promise<Response>,
): Promise<Response> {
  return kept(askedBy(c), { of: organization.id, version: organization.careersVersion, what }, make);
}

/** A job that isn't there is said in the organization's own frame, with the way to those that are. */
async function withinSite({ site }: KnownSite, work: () => Promise<Response>): Promise<Response> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof DomainError && error.code === "not-found")) throw error;
    const link = { href: `/careers/${site.slug}`, words: "See all open jobs" };
    const page = renderTrouble(
      { title: "There is no such job", words: error.message, link },
      JOBS_STYLE,
      site,
    );
    return await pageAnswer(page, { status: 404 });
  }
}

/** Pages for people who look for a job. */
export const careersPages = new Hono<HttpEnv>();

careersPages.use(notModified);

// On an organization's own domain there are its own pages alone.
careersPages.use("/:org/*", async (c, next) => {
  const owner = await ownerOfHost(c.env, new URL(c.req.url).hostname, c.get("meter"));
  if (owner !== null && owner !== c.req.param("org")) throw noSuchJob();
  await next();
});

careersPages
  .get("/", async (c) => {
    const found = await resolveOrganization(c.env, new URL(c.req.url).hostname, undefined).catch(() => null);
    if (!found) {
      throw new DomainError(
        "not-found",
        "Say whose jobs you look for: their address ends in /careers/ and a name.",
      );
    }
    return c.redirect(`/careers/${found.slug}`);
  })
  .get("/:org", async (c) => {
    const known = await knownOf(c);
    const query = listQueryOf(c.req.query());
    return await keptOf(c, known, `list?${listAddress(query)}`, async () =>
      taggedPage(await listPage(c.env, known, query, c.get("meter"))),
    );
  })
  .get("/:org/logo", async (c) => {
    const version = c.req.query("v");
    let known = await knownOf(c);
    // Whoever just put it there sees it at once: its address is newer than what is remembered.
    if (Number(version) > (known.organization.brand.logo?.version ?? 0)) {
      known = await siteOf(c.env, c.req.param("org"), c.get("meter"), true);
    }
    const logo = await logoOf(c.env, known, version);
    if (!logo) throw new DomainError("not-found", "There is no logo here.");
    return new Response(logo.body, { headers: logo.headers });
  })
  .get("/:org/feed.xml", async (c) => {
    const known = await knownOf(c);
    return await keptOf(c, known, "feed", async () => feedOf(c.env, known, c.get("meter")));
  })
  .get("/:org/sitemap.xml", async (c) => {
    const { organization } = await knownOf(c);
    return await sitemap(c, { slug: organization.slug });
  })
  .get("/:org/:job", async (c) => {
    const known = await knownOf(c);
    const key = c.req.param("job");
    const source = sourceOf(c.req.query());
    return await withinSite(known, async () => {
      if (!/^[\w-]{1,100}$/.test(key)) throw noSuchJob();
      return await keptOf(
        c,
        known,
        `job/${key}?${new URLSearchParams(source ? { source } : {})}`,
        async () => {
          const { rendered, status } = await jobPage(c.env, known, key, source, c.get("meter"));
          return await taggedPage(rendered, status);
        },
      );
    });
  });

/** What a host tells robots. */
export const robotsPages = new Hono<HttpEnv>()
  .use("/sitemap.xml", notModified)
  .get("/robots.txt", async (c) => {
    const host = new URL(c.req.url).hostname;
    const owner = await ownerOfHost(c.env, host, c.get("meter"));
    return c.text(robotsOf(c.env, owner === null ? null : host), 200, {
      "cache-control": "public, max-age=3600",
    });
  })
  .get("/sitemap.xml", async (c) => {
    const owner = await ownerOfHost(c.env, new URL(c.req.url).hostname, c.get("meter"));
    return await sitemap(c, owner === null ? "all" : { slug: owner });
  });

async function sitemap(c: Context<HttpEnv>, listed: Listed): Promise<Response> {
  const meter = c.get("meter");
  const version = await sitemapVersion(c.env, listed, meter);
  const of = listed === "all" ? "all" : listed.slug;
  return await kept(askedBy(c), { of, version, what: "sitemap" }, async () => {
    return new Response(await sitemapOf(c.env, listed, { meter }), { headers: XML });
  });
}

/** The team's look at a job's public page, under the job itself. */
export const jobPreviewRoutes = new Hono<HttpEnv>().get(
  "/:id/careers-preview",
  endpoint({
    summary: "A job's public page, as it is or would be",
    tag: "Jobs",
    who: "job.write",
    answers: { 200: JobPreview },
    errors: [404],
  }),
  async (c) => answerRead(c, await previewJob(ctxFor(c), c.req.param("id"))),
);
