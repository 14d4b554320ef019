import { and, asc, eq } from "drizzle-orm";
import { directory, type Statement, uniqueViolation } from "../../db/database";
import type { Env } from "../../env";
import { commit, onceMore } from "../../events/commit";
import type { Ctx } from "../../events/context";
import { iso } from "../../lib/clock";
import { conflict, DomainError, invalid, outdated } from "../../lib/errors";
import { newId } from "../../lib/ids";
import { link } from "../../lib/links";
import { documentTypes } from "../documents/table";
import { FIRST_DOCUMENT_TYPES } from "../documents/words";
import { newAgentPool } from "../pipelines/agent-pool";
import { DEFAULT_WORKFLOW, DEFAULT_WORKFLOW_NAME } from "../workflows/default";
import { newPipeline } from "../workflows/pipeline";
import type { Organization, OrganizationChange } from "./schema";
import { organizations } from "./table";

type Row = typeof organizations.$inferSelect;

/** Where an organization's logo is, with its version; null where it has none. */
export function logoPath({ slug, brand }: Pick<Row, "slug" | "brand">): string | null {
  return brand.logo ? `/careers/${slug}/logo?v=${brand.logo.version}` : null;
}

/** An organization as its own people see it. */
export function presentOrganization(row: Row): Organization {
  return {
    id: row.id,
    name: row.name,
    slug: row.slug,
    domain: row.domain,
    brand: {
      accent: row.brand.accent,
      headline: row.brand.headline ?? null,
      about: row.brand.about,
      country: row.brand.country ?? null,
      logo: logoPath(row),
    },
    languages: row.languages,
    replyByDays: row.replyByDays,
    asksEqualOpportunity: row.asksEqualOpportunity,
    privacy: row.privacy,
    version: row.version,
    createdAt: iso(row.createdAt),
    updatedAt: iso(row.updatedAt),
  };
}

/**
 * The rows of a new organization: itself, its agent pool, its workflow for jobs and its document types, and
 * no people.
 */
export function newOrganization(
  ctx: Ctx,
  input: { name: string; slug: string },
): { row: Row; writes: Statement[] } {
  const at = ctx.now();
  const row: Row = {
    id: ctx.orgId,
    orgId: ctx.orgId,
    slug: input.slug,
    name: input.name,
    domain: null,
    brand: { accent: null, about: null },
    careersVersion: 1,
    asksEqualOpportunity: false,
    languages: ["en"],
    replyByDays: null,
    privacy: { contact: null, policyUrl: null },
    version: 1,
    changeId: null,
    createdAt: at,
    updatedAt: at,
  };
  return {
    row,
    writes: [
      ctx.db.insert(organizations, row),
      ctx.db.insert(
        documentTypes,
        FIRST_DOCUMENT_TYPES.map((type, position) => ({ ...type, position })),
      ),
      ...newAgentPool(ctx).writes,
      ...newPipeline(ctx, {
        kind: "template",
        name: DEFAULT_WORKFLOW_NAME,
        stages: DEFAULT_WORKFLOW,
        isDefault: true,
      }).writes,
    ],
  };
}

/**
 * The organization that a public request is for: by its own host name, by `org`, or the only one there is.
 * @throws DomainError `invalid` where none or more than one fits
 */
export async function resolveOrganization(env: Env, host: string, slug: string | undefined): Promise<Row> {
  const index = directory(env);
  const [byHost, bySlug, all] = await index.read(
    index.orm.select().from(organizations).where(eq(organizations.domain, host)),
    index.orm
      .select()
      .from(organizations)
      .where(eq(organizations.slug, slug ?? "")),
    index.orm.select().from(organizations).orderBy(asc(organizations.id)).limit(2),
  );
  const found = slug === undefined ? (byHost[0] ?? (all.length === 1 ? all[0] : undefined)) : bySlug[0];
  if (found) return found;
  throw slug === undefined
    ? invalid("org", "Say which organization this is for, by its short name.")
    : invalid("org", `There is no organization with the short name "${slug}".`);
}

export async function getOrganization(ctx: Ctx): Promise<Organization> {
  const [rows] = await ctx.db.read(ctx.db.organization());
  if (!rows[0]) throw new DomainError("not-found", "This organization is gone.");
  return presentOrganization(rows[0]);
}

/** @throws DomainError `outdated`, `invalid`, `conflict` for a short name or domain that is taken */
export async function updateOrganization(
  ctx: Ctx,
  change: OrganizationChange,
  ifVersion?: number,
): Promise<Organization> {
  const attempt = async () => {
    const [rows] = await ctx.db.read(ctx.db.organization());
    const old = rows[0];
    if (!old) throw new DomainError("not-found", "This organization is gone.");
    if (ifVersion !== undefined && ifVersion !== old.version) throw outdated(presentOrganization(old));
    // Whoever had it would get everybody who registers at the portal's own address.
    if (change.domain && change.domain === new URL(link(ctx.env, "/")).hostname) {
      throw invalid("domain", "This is the portal's own address. Write one of yours.");
    }
    const at = ctx.now();
    const changeId = newId("chg", at);
    const { brand, privacy, ...plain } = change;
    const next: Row = {
      ...old,
      ...plain,
      brand: { ...old.brand, ...brand },
      privacy: { ...old.privacy, ...privacy },
      version: old.version + 1,
      changeId,
      updatedAt: at,
    };
    // Its triggers count it, not we.
    const { careersVersion: _, ...set } = next;
    const guard = and(eq(organizations.id, ctx.orgId), eq(organizations.version, old.version));
    return await commit(ctx, {
      id: changeId,
      writes: [ctx.db.update(organizations, set, guard)],
      won: { table: organizations, id: ctx.orgId },
      audit: [
        {
          action: "ORGANIZATION_UPDATE",
          entity: { type: "organization", id: ctx.orgId },
          metadata: { fields: Object.keys(change) },
        },
      ],
      result: presentOrganization(next),
    });
  };
  try {
    return await onceMore(attempt, () => getOrganization(ctx));
  } catch (error) {
    const taken = uniqueViolation(error);
    if (taken === null) throw error;
    throw conflict(
      taken.includes("domain")
        ? "Another organization uses this domain."
        : "Another organization uses this short name.",
    );
  }
}
