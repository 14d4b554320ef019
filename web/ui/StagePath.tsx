import { absolute, date } from "../lib/time";
import { Icon } from "./Icon";

export interface PathStage {
  key: string;
  name: string;
  kind?: string;
  state: "done" | "current" | "ahead";
  enteredAt: string | null;
}

export interface StagePathProps {
  stages: readonly PathStage[];
  label?: string;
}

const SAID = { done: "passed", current: "you are here", ahead: "still ahead" } as const;

/** The way through the stages, with the day of each: a column on a phone, a row where there is room. */
export function StagePath({ stages, label = "Stages" }: StagePathProps) {
  return (
    <div class="path-frame">
      <ol class="path" aria-label={label}>
        {stages.map((stage) => {
          const closed = stage.kind === "rejected" || stage.kind === "withdrawn";
          return (
            <li
              key={stage.key}
              class={`path-stage path-${stage.state}${closed ? " path-closed" : ""}`}
              aria-current={stage.state === "current" ? "step" : undefined}
            >
              <span class="path-dot">
                {closed ? (
                  <Icon name="x" size={14} />
                ) : (
                  stage.state === "done" && <Icon name="check" size={14} />
                )}
              </span>
              <span class="path-words">
                <span class="path-name">{stage.name}</span>
                <span class="path-date">
                  {stage.enteredAt ? (
                    <time dateTime={stage.enteredAt} title={absolute(stage.enteredAt)}>
                      {date(stage.enteredAt)}
                    </time>
                  ) : (
                    <span class="path-said">{stage.state === "current" ? "Now" : ""}</span>
                  )}
                </span>
                <span class="sr-only">, {SAID[stage.state]}</span>
              </span>
            </li>
          );
        })}
      </ol>
    </div>
  );
}
