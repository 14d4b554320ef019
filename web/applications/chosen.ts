/** Somebody who is chosen on a board or in a list. */
export interface Chosen {
  /** The application. */
  id: string;
  /** Whom a board knows them as, where that isn't the application: an agent. */
  personId?: string;
  name: string;
  /** The key of the stage that they stood in when they were chosen. */
  stage: string;
}

/** The one stage that all of them stand in; none where they stand in several. */
export function sharedStage(chosen: readonly Chosen[]): string | undefined {
  return new Set(chosen.map(({ stage }) => stage)).size === 1 ? chosen[0]?.stage : undefined;
}
