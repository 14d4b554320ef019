import type { z } from "zod";
import { moveApplication } from "../../applications/move";
import type { Stage } from "../../applications/standing";
import type { StandingRow } from "../../candidates/candidates";
import { applicationOf, find, known } from "../find";
import { Unclear } from "../outcomes";
import type { OfferData, StatusData } from "../portal-data";
import type { Ride } from "../ride";
import { stageMeant } from "../stage-words";

/** What an event about somebody's place in a job is about: older ones come too late. */
export const placeOf = (applicationId: string) => `status:${applicationId}`;

async function move(
  ride: Ride,
  application: StandingRow,
  reason: string,
  target: (stages: Stage[], held: Stage) => Stage,
): Promise<void> {
  ride.subjects = [placeOf(application.applicationId)];
  await moveApplication(ride.ctx, {
    who: { applicationId: application.applicationId },
    stage: target,
    reason,
  });
}

/** Moves the application to the stage that the portal's status means. */
export async function changeStatus(ride: Ride, data: z.infer<typeof StatusData>): Promise<void> {
  const found = await find(ride, data);
  const person = known(found);
  const application = applicationOf(found);
  ride.result = { candidateId: person.id, applicationId: application.applicationId };
  ride.link("candidate", data.candidate.externalId, person.id);
  await move(ride, application, `${ride.source.name}: ${data.status}`, (stages, held) => {
    const target = stageMeant(stages, held, data.status);
    if (target) return target;
    const names = stages.map(({ key }) => key).join(", ");
    throw new Unclear(`No stage of this job is meant by "${data.status}". It has: ${names}.`);
  });
}

const OFFERS = {
  "offer.accepted": { to: "hired", said: "Offer accepted" },
  "offer.declined": { to: "withdrawn", said: "Offer declined" },
} as const;

/** Moves whoever accepted an offer to the stage of those who are hired, whoever declined to those who withdrew. */
export async function answerOffer(
  ride: Ride,
  data: z.infer<typeof OfferData>,
  type: keyof typeof OFFERS,
): Promise<void> {
  const { to, said } = OFFERS[type];
  const found = await find(ride, data);
  const person = known(found);
  const application = applicationOf(found);
  ride.result = { candidateId: person.id, applicationId: application.applicationId };
  ride.link("candidate", data.candidate.externalId, person.id);
  await move(
    ride,
    application,
    `${said} in ${ride.source.name}, event ${ride.row.eventId}`,
    (stages, held) => {
      if (held.kind === to) return held;
      if (held.kind !== "open") {
        // A closed application is opened again by a person, not by an event that crossed it.
        throw new Unclear(
          `This application stands in ${held.name} already. ${said}: decide what that means now.`,
        );
      }
      const target = stages.find(({ kind }) => kind === to);
      if (target) return target;
      throw new Unclear(`This job has no stage of the kind "${to}". Add one, then run this again.`);
    },
  );
}
