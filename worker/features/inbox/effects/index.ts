import type { ZodType, z } from "zod";
import { fieldErrors } from "../../../lib/field-errors";
import { Unclear } from "../outcomes";
import {
  AssessmentData,
  DocumentData,
  InterviewData,
  OfferData,
  OnboardingData,
  ProfileData,
  ScreeningData,
  StatusData,
} from "../portal-data";
import type { Ride } from "../ride";
import { PORTAL_EVENT_TYPES, type PortalEventType } from "../words";
import { takeAssessment } from "./agent-result";
import { takeDocument } from "./document";
import { confirmInterview } from "./interview";
import { confirmStep } from "./onboarding";
import { takeProfile } from "./profile";
import { keepScreening } from "./results";
import { answerOffer, changeStatus } from "./status";

type Run = (ride: Ride) => Promise<void>;

/** An effect, and the data that it needs. @throws Unclear by the words of the schema */
function effect<S extends ZodType>(schema: S, run: (ride: Ride, data: z.output<S>) => Promise<void>): Run {
  return async (ride) => {
    const parsed = schema.safeParse(ride.event.data ?? {});
    if (parsed.success) return await run(ride, parsed.data);
    const errors = fieldErrors(parsed.error.issues.slice(0, 5), ["data"]);
    const said = errors.map(({ path, message }) => `${path}: ${message}`);
    throw new Unclear(`The data isn't as this type of event needs it. ${said.join(" ")}`);
  };
}

/** What each type of event does. */
const EFFECTS: Record<PortalEventType, Run> = {
  "candidate.created": effect(ProfileData, takeProfile),
  "candidate.updated": effect(ProfileData, takeProfile),
  "candidate.status_changed": effect(StatusData, changeStatus),
  "assessment.completed": effect(AssessmentData, takeAssessment),
  "screening.completed": effect(ScreeningData, keepScreening),
  "interview.confirmed": effect(InterviewData, confirmInterview),
  "document.uploaded": effect(DocumentData, takeDocument),
  "offer.accepted": effect(OfferData, (ride, data) => answerOffer(ride, data, "offer.accepted")),
  "offer.declined": effect(OfferData, (ride, data) => answerOffer(ride, data, "offer.declined")),
  "onboarding.step_completed": effect(OnboardingData, confirmStep),
};

/** Does what an event says. @throws Unclear, NotNow, and whatever the verbs of the effect throw */
export async function runEffect(ride: Ride): Promise<void> {
  const { eventType } = ride.event;
  if (eventType === null) throw new Unclear("This event says no type. Send it as eventType.");
  const run = Object.hasOwn(EFFECTS, eventType) ? EFFECTS[eventType as PortalEventType] : undefined;
  if (run) return await run(ride);
  throw new Unclear(
    `"${eventType.slice(0, 60)}" is no type of event that is understood here. Understood are: ${PORTAL_EVENT_TYPES.join(", ")}.`,
  );
}
