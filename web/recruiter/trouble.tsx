import { errorText, ProblemError } from "../lib/client";
import { me } from "../lib/session";
import { Button, EmptyState, Trouble } from "../ui";

export interface LoadTroubleProps {
  /** What could not be shown, as the start of a sentence: "The board". */
  what: string;
  error: unknown;
  onRetry: () => void;
  /** Where to go on from what is gone. */
  back?: { href: string; label: string };
}

/** What stands where a screen could not be loaded: denied, gone, or worth another try. */
export function LoadTrouble({ what, error, onRetry, back }: LoadTroubleProps) {
  const status = error instanceof ProblemError ? error.status : 0;
  if (status === 403) {
    return (
      <EmptyState icon="lock" title={`${what} is not open to you`}>
        An admin of {me.value?.organization.name ?? "your organization"} can grant it, under Settings, Team.
      </EmptyState>
    );
  }
  if (status === 404) {
    return (
      <EmptyState
        icon="search"
        title={`${what} can’t be found`}
        action={back && <Button href={back.href}>{back.label}</Button>}
      >
        The address may be mistyped, or what it showed may be gone.
      </EmptyState>
    );
  }
  return (
    <Trouble title={`${what} could not be loaded`} onRetry={onRetry}>
      {errorText(error)}
    </Trouble>
  );
}
