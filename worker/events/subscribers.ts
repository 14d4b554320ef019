import { teamNotices } from "../features/agents/notices";
import { closingRunner } from "../features/applications/closing";
import { heldNotices } from "../features/apply/notices";
import { campaignNotices } from "../features/campaigns/notices";
import { mentionNotices } from "../features/candidates/mentions";
import { dailyCounter } from "../features/dashboard/counts";
import { documentNotices } from "../features/documents/notices";
import { eligibilityKeeper } from "../features/eligibility/follow";
import { interviewNotices } from "../features/interviews/notices";
import { jobNotices } from "../features/jobs/notices";
import { documentSteps, lastStep } from "../features/onboarding/follow";
import { stageActionRunner } from "../features/pipelines/actions";
import { latePromiseNotices } from "../features/status/late";
import { webhookNotices } from "../features/webhooks/notices";
import type { Subscriber } from "./subscriber";

/** Puts events in line for the systems outside that want them. Not a subscriber: one statement for all of a drain. */
export { fanOut } from "../features/webhooks/fan-out";

/** Everything that follows from events, a line each. */
export const SUBSCRIBERS: readonly Subscriber[] = [
  stageActionRunner,
  eligibilityKeeper,
  campaignNotices,
  dailyCounter,
  documentNotices,
  teamNotices,
  documentSteps,
  lastStep,
  mentionNotices,
  closingRunner,
  jobNotices,
  latePromiseNotices,
  heldNotices,
  interviewNotices,
  webhookNotices,
];
