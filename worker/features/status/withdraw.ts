import type { Ctx } from "../../events/context";
import { moveApplication, stageOfKind } from "../applications/move";

/**
 * Withdraws an application in the name of the person who holds its personal link. One that has ended already
 * stays as it is.
 * @throws DomainError as `moveApplication`
 */
export async function withdrawByLink(ctx: Ctx, applicationId: string): Promise<void> {
  await moveApplication(
    { ...ctx, actor: { kind: "system", id: "personal-link" } },
    {
      who: { applicationId },
      stage: (stages, held) => (held.kind === "open" ? stageOfKind("withdrawn")(stages) : held),
      reason: "They withdrew themselves, by their personal link.",
    },
  );
}
