import { teamNotices } from "../features/agents/notices";
import { closingRunner } from "../features/applications/closing";
import { heldNotices } from "../features/apply/notices";
import { mentionNotices } from "../features/candidates/mentions";
import { dailyCounter } from "../features/dashboard/counts";
import { documentNotices } from "../features/documents/notices";
import { interviewNotices } from "../features/interviews/notices";
import { jobNotices } from "../features/jobs/notices";
import { stageActionRunner } from "../features/pipelines/actions";
import { latePromiseNotices } from "../features/status/late";
import type { Subscriber } from "./subscriber";

/** Everything that follows from events, a line each. */
export const SUBSCRIBERS: readonly Subscriber[] = [
  stageActionRunner,
  dailyCounter,
  documentNotices,
  teamNotices,
  mentionNotices,
  closingRunner,
  jobNotices,
  latePromiseNotices,
  heldNotices,
  interviewNotices,
];
