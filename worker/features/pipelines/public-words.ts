import type { stages } from "./table";
import { STATUS_SAID } from "./words";

type Stage = Pick<typeof stages.$inferSelect, "name" | "publicName" | "status" | "kind">;

/**
 * What the person reads of a stage of a job: never its name, which is the team's. The agent pool's stages
 * are called by their names, which agents have always read.
 */
export function publicNameOf(stage: Stage, kind: "agent" | "candidate" = "candidate"): string {
  if (kind === "agent") return stage.name;
  return stage.publicName ?? (stage.kind === "withdrawn" ? "Withdrawn" : STATUS_SAID[stage.status]);
}
