import { onDemand } from "../lib/on-demand";

export interface StageEffectsProps {
  pipelineId: string;
  stage: string;
  /** How long mails wait, in words. */
  wait: string;
}

/** What follows by itself when people enter a stage: its mail above all. */
export const StageEffects = onDemand<StageEffectsProps>(() =>
  import("./stage-effects-list").then((part) => part.StageEffectsList),
);
