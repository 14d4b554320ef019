import { and, desc, eq, isNull, lt, type SQL } from "drizzle-orm";
import { page, readCursor } from "../../db/cursor";
import { commit, onceMore } from "../../events/commit";
import type { Ctx } from "../../events/context";
import { checkRanges } from "../../lib/addresses";
import { iso, isoOrNull } from "../../lib/clock";
import { DomainError, notFound, outdated } from "../../lib/errors";
import { newId } from "../../lib/ids";
import { newEndpointSecret, openSecret, sealSecret } from "../webhooks/secrets";
import type { NewSource, Source, SourceChange, SourceWithSecret } from "./schema";
import { integrations, type SourceRow } from "./table";
import { OVERLAP_MS } from "./words";

/** A source as the API shows it: never its secret. */
export function presentSource(ctx: Pick<Ctx, "env" | "now">, row: SourceRow): Source {
  const overlaps = row.previousUntil !== null && row.previousUntil > ctx.now();
  return {
    id: row.id,
    type: row.type,
    name: row.name,
    scheme: row.scheme,
    hookUrl: `${ctx.env.BASE_URL.replace(/\/+$/, "")}/api/hooks/${row.id}`,
    ipAllowList: row.ipAllowList,
    acceptsWith: row.acceptsWith === 200 ? 200 : 202,
    status: row.status,
    previousSecretUntil: overlaps ? isoOrNull(row.previousUntil) : null,
    lastEventAt: isoOrNull(row.lastEventAt),
    lastErrorAt: isoOrNull(row.lastErrorAt),
    lastError: row.lastError,
    version: row.version,
    createdAt: iso(row.createdAt),
    updatedAt: iso(row.updatedAt),
  };
}

/** Sources that are still there; a removed one stays only for the names in the inbox. */
function selectSources(ctx: Ctx, where: SQL | undefined, limit = 1) {
  return ctx.db.rows(integrations, {
    where: and(isNull(integrations.removedAt), where),
    orderBy: desc(integrations.id),
    limit,
  });
}

/** @throws DomainError `not-found` */
async function loadSource(ctx: Ctx, id: string): Promise<SourceRow> {
  const [rows] = await ctx.db.read(selectSources(ctx, eq(integrations.id, id)));
  if (!rows[0]) throw notFound("integration");
  return rows[0];
}

/** @throws DomainError `not-found` */
export async function getSource(ctx: Ctx, id: string): Promise<Source> {
  return presentSource(ctx, await loadSource(ctx, id));
}

/** A page of what is connected, the newest first. */
export async function listSources(ctx: Ctx, query: { limit: number; cursor?: string | undefined }) {
  const scope = { list: "integrations", orgId: ctx.orgId };
  const after = await readCursor(ctx.env, scope, query.cursor);
  const beyond = after ? lt(integrations.id, after[0] as string) : undefined;
  const [rows] = await ctx.db.read(selectSources(ctx, beyond, query.limit + 1));
  return await page(
    ctx.env,
    scope,
    rows,
    query.limit,
    (row) => [row.id],
    (row) => presentSource(ctx, row),
  );
}

/** Sources that one organization may have. */
const MOST_SOURCES = 100;

/**
 * Connects a source: it may send to its own address from now on, signed with the secret that is answered this
 * once.
 * @throws DomainError `invalid` for the list of addresses, `conflict` where there are too many
 */
export async function connectSource(ctx: Ctx, type: string, input: NewSource): Promise<SourceWithSecret> {
  checkRanges(input.ipAllowList);
  const [others] = await ctx.db.read(
    ctx.db.select({ id: integrations.id }, integrations, {
      where: isNull(integrations.removedAt),
      limit: MOST_SOURCES,
    }),
  );
  if (others.length >= MOST_SOURCES) {
    throw new DomainError("conflict", `There are ${MOST_SOURCES} sources. Remove one that is not used.`);
  }
  const at = ctx.now();
  const id = newId("intg", at);
  const secret = newEndpointSecret();
  const row: SourceRow = {
    id,
    orgId: ctx.orgId,
    type,
    ...input,
    secret: await sealSecret(ctx.env, { orgId: ctx.orgId, table: "integrations", id }, secret),
    previousSecret: null,
    previousUntil: null,
    status: "enabled",
    lastEventAt: null,
    lastErrorAt: null,
    lastError: null,
    toldFailing: false,
    createdBy: ctx.actor.id,
    removedAt: null,
    version: 1,
    changeId: null,
    createdAt: at,
    updatedAt: at,
  };
  return await commit(ctx, {
    id: newId("chg", at),
    writes: [ctx.db.insert(integrations, row)],
    audit: [
      {
        action: "INTEGRATION_CONNECT",
        entity: { type: "integration", id },
        newValue: { type, name: input.name, scheme: input.scheme },
      },
    ],
    result: { ...presentSource(ctx, row), secret },
  });
}

type Step = Partial<SourceRow>;

/** Writes one change of a source, guarded by the version that was read, and tried again after a lost race. */
async function changing<R>(
  ctx: Ctx,
  id: string,
  action: "INTEGRATION_UPDATE" | "INTEGRATION_SECRET_ROTATE" | "INTEGRATION_DELETE",
  ifVersion: number | undefined,
  step: (row: SourceRow) => Promise<{ set: Step; told?: Step; result: (next: SourceRow) => R }>,
): Promise<R> {
  return await onceMore(
    async () => {
      const row = await loadSource(ctx, id);
      if (ifVersion !== undefined && ifVersion !== row.version) throw outdated(presentSource(ctx, row));
      const at = ctx.now();
      const changeId = newId("chg", at);
      const { set, told, result } = await step(row);
      const next: SourceRow = { ...row, ...set, version: row.version + 1, changeId, updatedAt: at };
      return await commit(ctx, {
        id: changeId,
        won: { table: integrations, id },
        writes: [
          ctx.db.update(
            integrations,
            { ...set, version: next.version, changeId, updatedAt: at },
            and(eq(integrations.id, id), eq(integrations.version, row.version)),
          ),
        ],
        audit: [{ action, entity: { type: "integration", id }, ...(told ? { newValue: told } : {}) }],
        result: result(next),
      });
    },
    () => getSource(ctx, id),
  );
}

/** @throws DomainError `not-found`, `invalid` for the list of addresses, `outdated`, `conflict` */
export async function changeSource(
  ctx: Ctx,
  id: string,
  change: SourceChange,
  ifVersion?: number,
): Promise<Source> {
  checkRanges(change.ipAllowList);
  const set = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as Step;
  return await changing(ctx, id, "INTEGRATION_UPDATE", ifVersion, async () => ({
    set,
    told: set,
    result: (next) => presentSource(ctx, next),
  }));
}

/**
 * Makes a new secret, answered this once. The one before it counts for another 24 hours, so that the sender can
 * change over in peace.
 * @throws DomainError `not-found`, `conflict`
 */
export async function rotateSource(ctx: Ctx, id: string): Promise<SourceWithSecret> {
  return await changing(ctx, id, "INTEGRATION_SECRET_ROTATE", undefined, async (row) => {
    const secret = newEndpointSecret();
    const place = { orgId: ctx.orgId, table: "integrations", id } as const;
    // One that can't be opened any more would be kept for nothing.
    const readable = await openSecret(ctx.env, place, row.secret).then(
      () => true,
      () => false,
    );
    const set = {
      secret: await sealSecret(ctx.env, place, secret),
      previousSecret: readable ? row.secret : null,
      previousUntil: readable ? ctx.now() + OVERLAP_MS : null,
    };
    return { set, result: (next) => ({ ...presentSource(ctx, next), secret }) };
  });
}

/**
 * Disconnects a source: nothing comes in by its address any more. What it sent stays, and what waits is still
 * worked off.
 * @throws DomainError `not-found`, `conflict`
 */
export async function removeSource(ctx: Ctx, id: string): Promise<void> {
  await changing(ctx, id, "INTEGRATION_DELETE", undefined, async () => ({
    set: { removedAt: ctx.now(), status: "disabled", secret: "", previousSecret: null, previousUntil: null },
    result: () => undefined,
  }));
}
