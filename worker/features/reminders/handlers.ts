import type { Ctx } from "../../events/context";
import type { Effect } from "../../events/subscriber";
import { documentExpiry } from "../documents/expiry";
import { requestDue } from "../documents/request-due";
import { onboardingDue } from "../onboarding/reminders";
import type { ReminderRow } from "./table";
import type { ReminderKind } from "./words";

/** What one kind of reminder does, or null where it is no longer true; held together with the note that it is done. */
type Handler = (ctx: Ctx, reminder: ReminderRow) => Promise<Effect | null>;

/** Every kind of reminder, a line each. */
export const HANDLERS: Record<ReminderKind, Handler> = {
  document_expiry: documentExpiry,
  request_due: requestDue,
  onboarding_due: onboardingDue,
};
