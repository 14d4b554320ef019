import "./applications.css";
import type { WorkflowStep } from "../../worker/features/workflows/schema";
import type { Page } from "../../worker/http/shapes";
import { get } from "../lib/client";
import { useLoad } from "../lib/load";
import { Icon } from "../ui";
import { ACTION_ICONS, actionWords } from "../workflows/action-words";
import { useNames } from "../workflows/use-names";
import type { StageEffectsProps } from "./stage-effects";

/** What follows by itself when people enter a stage: its mail above all. */
export function StageEffectsList({ pipelineId, stage, wait }: StageEffectsProps) {
  const steps = useLoad(
    (signal) => get<Page<WorkflowStep>>("/api/workflow-steps", { pipelineId, limit: 100 }, { signal }),
    [pipelineId],
  );
  const actions = steps.data?.data.find(({ key }) => key === stage)?.actions;
  const { names } = useNames(actions?.some(({ type }) => type === "campaign_access") ?? false);
  const mails = actions?.some(({ type }) => type === "email");
  // Not worth a word of its own: the move is the same without knowing.
  if (!actions || (mails && names.mails.size === 0)) return null;
  return (
    <div class="effects">
      {actions.length > 0 && (
        <ul>
          {actions.map((action) => (
            <li key={action.id}>
              <Icon name={ACTION_ICONS[action.type]} size={16} />
              {actionWords(action, names)}
            </li>
          ))}
        </ul>
      )}
      <p class="quiet">
        {mails ? `Mails wait ${wait}; taking it back stops them.` : "No mail goes out in this stage."}
      </p>
    </div>
  );
}
