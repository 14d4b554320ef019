import type { Statement } from "../../db/database";
import type { Ctx } from "../../events/context";
import { newId } from "../../lib/ids";
import { pipelines, stageActions, stages } from "./table";
import type { StageKind, StatusWord } from "./words";

interface FirstStage {
  key: string;
  name: string;
  kind: StageKind;
  status: StatusWord;
}

/** The stages that every new agent pool begins with. */
export const AGENT_POOL_STAGES: readonly FirstStage[] = [
  { key: "applied", name: "Applied", kind: "open", status: "NEW" },
  { key: "screening", name: "Screening", kind: "open", status: "IN_REVIEW" },
  { key: "documents", name: "Documents", kind: "open", status: "IN_PROGRESS" },
  { key: "assessment", name: "Assessment", kind: "open", status: "IN_PROGRESS" },
  { key: "onboarding", name: "Onboarding", kind: "open", status: "IN_PROGRESS" },
  { key: "active", name: "Active", kind: "hired", status: "SELECTED" },
  { key: "inactive", name: "Inactive", kind: "withdrawn", status: "REJECTED" },
  { key: "rejected", name: "Rejected", kind: "rejected", status: "REJECTED" },
  { key: "withdrawn", name: "Withdrawn", kind: "withdrawn", status: "REJECTED" },
];

/** What entering a stage of a new pool does: mails and notifies the agent, naming the stage. */
const FIRST_ACTIONS = [
  { type: "email", config: { template: "agent_stage", to: "person" } },
  { type: "notification", config: { to: "person", title: "You are in {{stage}} now" } },
] as const;

/** The statements that make the agent pool of a new organization. */
export function newAgentPool(ctx: Ctx): { id: string; writes: Statement[] } {
  const at = ctx.now();
  const id = newId("pipe", at);
  const rows = AGENT_POOL_STAGES.map((stage, position) => ({
    ...stage,
    id: newId("stg", at),
    pipelineId: id,
    position,
  }));
  const actions = rows.flatMap((stage) =>
    FIRST_ACTIONS.map(({ type, config }, position) => ({
      id: newId("act", at),
      stageId: stage.id,
      type,
      position,
      config,
    })),
  );
  return {
    id,
    writes: [
      ctx.db.insert(pipelines, { id, kind: "agent_pool", name: "Agent pool", createdAt: at }),
      ctx.db.insert(stages, rows),
      ...chunks(actions, 15).map((some) => ctx.db.insert(stageActions, some)),
    ],
  };
}

/** D1 takes at most 100 bound values a statement. */
function chunks<T>(rows: T[], size: number): T[][] {
  const parts: T[][] = [];
  for (let i = 0; i < rows.length; i += size) parts.push(rows.slice(i, i + size));
  return parts;
}
