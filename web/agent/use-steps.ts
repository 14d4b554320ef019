import { useEffect } from "preact/hooks";
import type { CompletedStep, OnboardingSteps } from "../../worker/features/onboarding/schema";
import { get, ProblemError, post } from "../lib/client";
import { type Loaded, useLoad } from "../lib/load";
import { useBackOnline } from "../shell/back-online";
import { onOwnEvents } from "../shell/own-channel";

/** The steps of one's onboarding, live. */
export function useSteps(agentId: string): Loaded<OnboardingSteps> {
  const loaded = useLoad(
    (signal) => get<OnboardingSteps>("/api/onboarding/steps", undefined, { signal }),
    [agentId],
  );
  const { reload } = loaded;
  useBackOnline(reload);
  useEffect(
    () =>
      onOwnEvents((events) => {
        if (events.length === 0 || events.some(({ type }) => /^(onboarding|document|agent)\./.test(type)))
          reload();
      }),
    [reload],
  );
  return loaded;
}

/** Sends what a step asks for. Errors come with the paths of the step's own fields. */
export async function completeStep(
  id: string,
  data: Record<string, unknown> = {},
  key?: string,
): Promise<CompletedStep> {
  try {
    return await post<CompletedStep>(`/api/onboarding/${id}/complete`, { data }, { key });
  } catch (error) {
    if (!(error instanceof ProblemError) || !error.problem.errors) throw error;
    const errors = error.problem.errors.map((one) => ({ ...one, path: one.path.replace(/^data\./, "") }));
    throw new ProblemError({ ...error.problem, errors }, error.status, error.retryAfter);
  }
}
