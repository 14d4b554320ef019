import { type Answer, evaluate } from "./engine";
import type { Eligibility, Requirement } from "./schema";
import type { Facts, World } from "./words";

/** True where somebody stands in a stage of the pool in which people can take work. */
export function takesPart(stage: string, { stages }: World): boolean {
  const kind = stages.find(({ key }) => key === stage)?.kind;
  return kind === "open" || kind === "hired";
}

/**
 * Whether an agent may take a campaign: who meets its requirements, and stands in no closed stage of the pool.
 * @param now in milliseconds
 */
export function judge(requirement: Requirement, facts: Facts, world: World, now: number): Answer {
  if (takesPart(facts.stage, world)) return evaluate(requirement, facts, world, now);
  return {
    eligible: false,
    missing: [
      {
        kind: "stage",
        state: "excluded",
        text: "You take no part in campaigns at the moment. The team can say why.",
        resolve: null,
      },
    ],
    until: null,
  };
}

/** An answer as the API shows it. */
export const shownAnswer = ({ eligible, missing }: Answer): Eligibility => ({ eligible, missing });
