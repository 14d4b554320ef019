import { eq } from "drizzle-orm";
import type { Statement } from "../../db/database";
import type { Ctx } from "../../events/context";
import type { Effect } from "../../events/subscriber";
import { planReminders } from "../reminders/plan";
import type { ReminderRow } from "../reminders/table";
import { DAY_MS } from "./days";
import { documentRequests } from "./table";
import { ownerIn, selectOwner, tellOwner, uploadPath } from "./tell-owner";

/** Days before a document is due at which its owner hears of it again. */
const DUE_DAYS = [1, 0] as const;

/** Plans the reminders of a request with a due date; times that are over are left out. */
export function planDue(ctx: Ctx, row: typeof documentRequests.$inferSelect): Statement[] {
  if (row.dueDate === null) return [];
  const due = Date.parse(`${row.dueDate}T00:00:00Z`);
  const planned = DUE_DAYS.map((days) => ({ days, dueAt: due - days * DAY_MS })).filter(
    ({ dueAt }) => dueAt > ctx.now(),
  );
  return [
    planReminders(
      ctx,
      planned.map(({ days, dueAt }) => ({
        kind: "request_due",
        subjectId: row.id,
        agentId: row.agentId,
        candidateId: row.candidateId,
        part: String(days),
        detail: { days },
        dueAt,
      })),
    ),
  ];
}

/** Tells somebody that a document that they were asked for is due, while it is. */
export async function requestDue(ctx: Ctx, reminder: ReminderRow): Promise<Effect | null> {
  const [requests, ...found] = await ctx.db.read(
    ctx.db.rows(documentRequests, { where: eq(documentRequests.id, reminder.subjectId) }),
    ...selectOwner(ctx, reminder),
  );
  const request = requests[0];
  const owner = ownerIn(found);
  if (request?.status !== "open" || !owner || owner.out) return null;
  // One that comes late leaves the word to that of the day itself.
  if (reminder.part !== "0" && reminder.dueAt + DAY_MS <= ctx.now()) return null;
  const document = owner.nameOf(request.type);
  const when = reminder.part === "0" ? "today" : "tomorrow";
  const message = request.message ?? "";
  return await tellOwner(ctx, owner, {
    notice: {
      title: `Your ${document} is due ${when}`,
      message,
      type: "document_due",
      entityType: "document_request",
      entityId: request.id,
      eventSeq: null,
    },
    mail: {
      template: "document_due",
      values: { document, when, message },
      path: uploadPath(request.type),
      dedupeKey: `${reminder.id}:owner`,
    },
  });
}
