import { teamNotices } from "../features/agents/notices";
import { documentNotices } from "../features/documents/notices";
import { stageActionRunner } from "../features/pipelines/actions";
import type { Subscriber } from "./subscriber";

/** Everything that follows from events, a line each. */
export const SUBSCRIBERS: readonly Subscriber[] = [stageActionRunner, documentNotices, teamNotices];
