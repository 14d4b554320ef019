import { and, eq, sql } from "drizzle-orm";
import { emptyViolation, uniqueViolation } from "../../db/database";
import { commit, onceMore } from "../../events/commit";
import { type Ctx, userOf } from "../../events/context";
import { conflict, notFound } from "../../lib/errors";
import { newId } from "../../lib/ids";
import { readAnswers } from "../applications/answers";
import { presentApplication } from "../applications/applications";
import { type Entry, entryOf, type Found, placed, selectEntry } from "../applications/entry";
import type { Application } from "../applications/schema";
import { CandidateData } from "../applications/schema";
import { WORKING_STATUSES } from "../jobs/words";
import { namesOf } from "../users/register";
import { withFiles } from "./check";
import { documentsOf, filed } from "./files";
import { type HeldRow, inputOf, loadHeld, presentHeld, selectHeld } from "./held";
import { heldEvent } from "./hold";
import type { HeldApplication } from "./schema";
import { countStep } from "./steps";
import { heldApplications } from "./table";
import type { HeldStatus } from "./words";

/**
 * Takes in a held application: it goes on as if it had come now, files and all, and its person hears of it.
 * One that was taken in already is answered as it stands.
 *
 * @throws DomainError `not-found`; `conflict` where it was discarded, its job takes nobody, or its person
 * applied again meanwhile, with that application as `current`
 */
export async function acceptHeld(ctx: Ctx, id: string): Promise<Application> {
  for (let again = true; ; again = false) {
    const its = (part: string) =>
      sql`(select ${sql.raw(part)} from ${heldApplications} where org_id = ${ctx.orgId} and id = ${id})`;
    const [rows, ...found] = await ctx.db.read(
      selectHeld(ctx, eq(heldApplications.id, id), 1),
      ...selectEntry(ctx, {
        job: its("job_id"),
        email: its("email"),
        formVersion: its("json_extract(input, '$.formVersion')"),
      }),
    );
    const row = rows[0];
    if (!row) throw notFound("held application");
    if (row.status === "discarded") throw conflict("This application was discarded. Take that back first.");
    const entry = entryOf(inputOf(row).formVersion, found as Found);
    const { job, before, order } = entry;
    if (row.status === "accepted") {
      if (!before) throw notFound("application");
      return presentApplication(ctx, before, order);
    }
    if (!WORKING_STATUSES.includes(job.status)) {
      throw conflict(`This job is ${job.status.replace("_", " ")}. Open it again to add people.`);
    }
    if (before) {
      throw conflict(
        "This person applied again meanwhile, and stands in this job already.",
        presentApplication(ctx, before, order),
      );
    }
    try {
      return await takeIn(ctx, row, entry);
    } catch (error) {
      const raced = emptyViolation(error) !== null || uniqueViolation(error) !== null;
      // Somebody else decided at this moment: what they did shows when it is read again.
      if (!raced) throw error;
      if (!again) throw conflict("Somebody else changed this at the same moment. Look at it again.");
    }
  }
}

async function takeIn(ctx: Ctx, row: HeldRow, entry: Entry): Promise<Application> {
  const at = ctx.now();
  const changeId = newId("chg", at);
  const { formAnswers, formVersion, source, ...sent } = inputOf(row);
  const { email, name, firstName, lastName, ...rest } = CandidateData.parse(sent.candidateData);
  const names = namesOf({ name, firstName, lastName });
  const stage = entry.order.find(({ kind }) => kind === "open");
  if (!stage) throw notFound("stage");
  const files = filed(ctx, row.files);
  const fields = entry.form?.fields ?? [];
  const answers = readAnswers(fields, withFiles(fields, formAnswers, files), false);
  if (entry.person) answers.extra.candidateData = { ...rest, ...names };
  const made = placed(
    ctx,
    entry,
    {
      id: row.id,
      createdAt: row.createdAt,
      stage,
      candidate: { ...rest, email, ...names, source },
      answers,
      formVersion,
      source,
      statuses: WORKING_STATUSES,
      only: sql`exists (select 1 from ${heldApplications}
        where org_id = ${ctx.orgId} and id = ${row.id} and change_id = ${changeId})`,
    },
    changeId,
  );
  const papers = documentsOf(ctx, made.who, files, changeId);
  return await commit(ctx, {
    id: changeId,
    writes: [
      decided(ctx, row, "accepted", changeId),
      ...made.writes,
      ...papers.writes,
      countStep(ctx, row.jobId, "sent"),
    ],
    events: [...made.events, ...papers.events, heldEvent(row.id, row.jobId, "accepted")],
    audit: [...made.audit, ...papers.audit],
    result: made.application,
  });
}

/** The guarded update by which of several who decide at once one wins. */
function decided(ctx: Ctx, row: Pick<HeldRow, "id" | "status">, status: HeldStatus, changeId: string) {
  const open = status === "waiting";
  return ctx.db.update(
    heldApplications,
    {
      status,
      changeId,
      decidedBy: open ? null : userOf(ctx).id,
      decidedAt: open ? null : ctx.now(),
      ...(status === "accepted" ? { applicationId: row.id, files: [] } : {}),
    },
    and(eq(heldApplications.id, row.id), eq(heldApplications.status, row.status)),
  );
}

/**
 * Puts a held application aside: it is kept for 30 days, until which that can be taken back.
 * @throws DomainError `not-found`, `conflict` for one that was accepted
 */
export function discardHeld(ctx: Ctx, id: string): Promise<HeldApplication> {
  return change(ctx, id, "discarded");
}

/** Takes it back that a held application was put aside. @throws DomainError as `discardHeld` */
export function restoreHeld(ctx: Ctx, id: string): Promise<HeldApplication> {
  return change(ctx, id, "waiting");
}

async function change(ctx: Ctx, id: string, to: "discarded" | "waiting"): Promise<HeldApplication> {
  return await onceMore(
    async () => {
      const row = await loadHeld(ctx, id);
      if (row.status === to) return presentHeld(row);
      if (row.status === "accepted") {
        throw conflict("This application was accepted already.", presentHeld(row));
      }
      const changeId = newId("chg", ctx.now());
      const discarded = to === "discarded";
      return await commit(ctx, {
        id: changeId,
        won: { table: heldApplications, id },
        writes: [decided(ctx, row, to, changeId)],
        events: [heldEvent(id, row.jobId, to)],
        audit: [
          {
            action: discarded ? "APPLICATION_DISCARD" : "APPLICATION_RESTORE",
            entity: { type: "held_application", id },
          },
        ],
        result: presentHeld({
          ...row,
          status: to,
          decidedBy: discarded ? userOf(ctx).id : null,
          decidedByName: null,
          decidedAt: discarded ? ctx.now() : null,
        }),
      });
    },
    async () => presentHeld(await loadHeld(ctx, id)),
  );
}
