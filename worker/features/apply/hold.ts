import { event } from "../../events/commit";
import type { Ctx } from "../../events/context";
import { namesOf } from "../users/register";
import type { Sending } from "./apply";
import { settleIntents } from "./files";
import { heldApplications, type KeptFile } from "./table";

/** What a held application keeps of what was sent. */
export interface HeldInput {
  candidateData: Record<string, unknown> & { email: string };
  formAnswers: Record<string, unknown>;
  formVersion: number;
  source: string;
}

/** The statements that keep an application for the team. */
export function holdWrites(ctx: Ctx, { entry, input, checked, files, reasons }: Sending, id: string) {
  const { name, firstName, lastName, email } = checked.person;
  const names = namesOf({ name, firstName, lastName });
  const jobId = entry.job.id;
  const held: HeldInput = {
    candidateData: checked.person,
    formAnswers: input.formAnswers,
    formVersion: checked.formVersion,
    source: input.source ?? "careers page",
  };
  const kept = files.map(({ documentId: _, ...file }): KeptFile => file);
  return {
    writes: [
      ctx.db.insert(heldApplications, {
        id,
        jobId,
        status: "waiting",
        name: `${names.firstName} ${names.lastName}`.trim(),
        email,
        input: held as unknown as Record<string, unknown>,
        files: kept,
        reasons,
        createdAt: ctx.now(),
      }),
      ...settleIntents(ctx, kept),
    ],
    events: [heldEvent(id, jobId, "waiting")],
    audit: [
      { action: "APPLICATION_HOLD" as const, entity: { type: "held_application", id }, newValue: { jobId } },
    ],
  };
}

/** The news that an application waits for the team, or was decided on. */
export function heldEvent(id: string, jobId: string, status: string) {
  return event({
    type: "application.held",
    entity: { type: "held_application", id },
    data: { heldId: id, jobId, status },
  });
}
