import { and, eq, inArray, type SQL, sql } from "drizzle-orm";
import type { Statement } from "../../db/database";
import type { AuditAction } from "../../events/audit";
import { commit, onceMore } from "../../events/commit";
import type { Ctx } from "../../events/context";
import { outdated } from "../../lib/errors";
import { newId } from "../../lib/ids";
import {
  checkUrl,
  type EndpointRow,
  getEndpoint,
  type LoadedEndpoint,
  loadEndpoint,
  presentEndpoint,
  sealedPlace,
} from "./endpoints";
import { checkEvents } from "./event-types";
import { pokeLane } from "./lane";
import { beginPeriod, endPeriod } from "./periods";
import type { Endpoint, EndpointChange, EndpointWithSecret } from "./schema";
import { newEndpointSecret, SECRET_OVERLAP_MS, sealHeaders, sealSecret } from "./secrets";
import { webhookDeliveries, webhookEndpoints } from "./table";
import { checkHeaders } from "./targets";

const OFF = "The endpoint was turned off.";
const REMOVED = "The endpoint was removed.";

/** The failures are forgotten. What is parked is let out by the lane, the oldest first. */
const CLOSED = { circuit: "closed", failures: 0, probes: 0, probeAt: null, failingSince: null } as const;

/** A change of one endpoint: what it sets, what else belongs to its batch, what the audit says. */
interface Step {
  set: Partial<EndpointRow>;
  /** `won` is true there only where this change was made. */
  writes: (won: SQL) => Statement[];
  action: AuditAction;
  fields?: string[];
  /** What becomes of the open deliveries, as the answer counts them. */
  moves?: (counts: Endpoint["counts"]) => Endpoint["counts"];
  /** Something may be due now. */
  wakes?: boolean;
}

/** Changes an endpoint on the condition that nobody else did meanwhile, or once more on the new state. */
async function change<R = Endpoint>(
  ctx: Ctx,
  id: string,
  ifVersion: number | undefined,
  decide: (row: EndpointRow) => Promise<Step | null>,
  answer: (endpoint: Endpoint) => R = (endpoint) => endpoint as R,
): Promise<R> {
  return await onceMore(
    async () => {
      const found = await loadEndpoint(ctx, id);
      const { row } = found;
      if (ifVersion !== undefined && ifVersion !== row.version) throw outdated(await present(ctx, found));
      const step = await decide(row);
      if (step === null) return answer(await present(ctx, found));
      const now = ctx.now();
      const changeId = newId("chg", now);
      const won = sql`exists (select 1 from ${webhookEndpoints}
        where org_id = ${ctx.orgId} and id = ${id} and change_id = ${changeId})`;
      const set = { ...step.set, version: row.version + 1, changeId, updatedAt: now };
      const shown = await present(ctx, { ...found, row: { ...row, ...set } });
      if (step.moves) shown.counts = step.moves(shown.counts);
      const result = await commit(ctx, {
        id: changeId,
        won: { table: webhookEndpoints, id },
        writes: [
          ctx.db.update(
            webhookEndpoints,
            set,
            and(eq(webhookEndpoints.id, id), eq(webhookEndpoints.version, row.version)),
          ),
          ...step.writes(won),
        ],
        audit: [
          {
            action: step.action,
            entity: { type: "webhook_endpoint", id },
            ...(step.fields ? { metadata: { fields: step.fields } } : {}),
          },
        ],
        result: answer(shown),
      });
      if (step.wakes) ctx.after(pokeLane(ctx.env, { id, orgId: ctx.orgId }));
      return result;
    },
    () => getEndpoint(ctx, id),
  );
}

const present = (ctx: Ctx, { row, counts }: LoadedEndpoint) => presentEndpoint(ctx, row, counts);

/**
 * Changes the sent fields. Another choice of events counts from now on, a status turns the endpoint on or off.
 * @throws DomainError `not-found`, `invalid`, `outdated`, `conflict`
 */
export async function changeEndpoint(
  ctx: Ctx,
  id: string,
  input: EndpointChange,
  ifVersion?: number,
): Promise<Endpoint> {
  return await change(ctx, id, ifVersion, async (row) => {
    const { events, headers, url, status, ...plain } = input;
    const types = events === undefined ? row.events : checkEvents(events);
    const set: Partial<EndpointRow> = { ...plain };
    if (events !== undefined) set.events = types;
    if (headers !== undefined)
      set.headers = await sealHeaders(ctx.env, sealedPlace(ctx, id), checkHeaders(headers));
    if (url !== undefined) set.url = await checkUrl(ctx, url);
    const fields = Object.keys(input);
    if (status === "disabled" && row.status === "enabled") {
      const off = turnOff(ctx, row);
      return { ...off, set: { ...set, ...off.set }, fields };
    }
    if (status === "enabled" && row.status === "disabled") {
      const on = turnOn(ctx, row, types);
      return { ...on, set: { ...set, ...on.set }, fields };
    }
    const mended = set.url !== undefined && set.url !== row.url && row.circuit === "open";
    return {
      // Whoever mends the address wants to see it work, and not wait for the next probe.
      set: mended ? { ...set, probeAt: ctx.now() } : set,
      writes: (won) =>
        row.status === "enabled" && String(types) !== String(row.events)
          ? [endPeriod(ctx, id, won), beginPeriod(ctx, id, types, won)]
          : [],
      action: "WEBHOOK_ENDPOINT_UPDATE",
      fields,
      wakes: true,
    };
  });
}

/**
 * Turns an endpoint on, or closes the circuit of one that is on: what is parked there goes out. One that
 * is on and well stays as it is.
 * @throws DomainError `not-found`, `outdated`
 */
export async function enableEndpoint(ctx: Ctx, id: string, ifVersion?: number): Promise<Endpoint> {
  return await change(ctx, id, ifVersion, async (row) => {
    if (row.status === "disabled") return turnOn(ctx, row, row.events);
    if (row.circuit === "closed") return null;
    return { set: CLOSED, writes: () => [], action: "WEBHOOK_ENDPOINT_ENABLE", wakes: true };
  });
}

/** Takes an endpoint away; its deliveries stay to be looked at. @throws DomainError `not-found`, `outdated` */
export async function removeEndpoint(ctx: Ctx, id: string, ifVersion?: number): Promise<void> {
  await change(ctx, id, ifVersion, async (row) => {
    const { writes } = turnOff(ctx, row, REMOVED);
    const now = ctx.now();
    return {
      set: {
        removedAt: now,
        status: "disabled",
        disabledReason: row.disabledReason ?? "person",
        disabledAt: row.disabledAt ?? now,
        // Nothing is ever signed or sent for it again.
        previousSecret: null,
        previousUntil: null,
        headers: null,
      },
      writes,
      action: "WEBHOOK_ENDPOINT_DELETE",
    };
  });
}

/**
 * Gives an endpoint a new secret, shown this once. For 24 hours both sign, so that a receiver can change over
 * when it suits.
 * @throws DomainError `not-found`
 */
export async function rotateSecret(ctx: Ctx, id: string): Promise<EndpointWithSecret> {
  const secret = newEndpointSecret();
  const sealed = await sealSecret(ctx.env, sealedPlace(ctx, id), secret);
  return await change(
    ctx,
    id,
    undefined,
    async (row) => ({
      set: { secret: sealed, previousSecret: row.secret, previousUntil: ctx.now() + SECRET_OVERLAP_MS },
      writes: () => [],
      action: "WEBHOOK_SECRET_ROTATE",
    }),
    (endpoint) => ({ ...endpoint, secret }),
  );
}

function turnOff(ctx: Ctx, row: EndpointRow, reason = OFF): Step {
  const now = ctx.now();
  return {
    set: { status: "disabled", disabledReason: "person", disabledAt: now },
    writes: (won) => [
      endPeriod(ctx, row.id, won),
      ctx.db.update(
        webhookDeliveries,
        { status: "cancelled", reason, nextAt: null, updatedAt: now },
        and(
          eq(webhookDeliveries.endpointId, row.id),
          inArray(webhookDeliveries.status, ["pending", "parked"]),
          won,
        ),
      ),
    ],
    action: "WEBHOOK_ENDPOINT_DISABLE",
    moves: (counts) => ({
      ...counts,
      pending: 0,
      parked: 0,
      cancelled: counts.cancelled + counts.pending + counts.parked,
    }),
  };
}

function turnOn(ctx: Ctx, row: EndpointRow, types: string[]): Step {
  return {
    set: { ...CLOSED, status: "enabled", disabledReason: null, disabledAt: null },
    writes: (won) => [beginPeriod(ctx, row.id, types, won)],
    action: "WEBHOOK_ENDPOINT_ENABLE",
    wakes: true,
  };
}
