export const TASK_STATUSES = ["open", "done"] as const;
export type TaskStatus = (typeof TASK_STATUSES)[number];

/** A `meeting` asks for an appointment to be made; a `task` is anything else. */
export const TASK_KINDS = ["task", "meeting"] as const;
export type TaskKind = (typeof TASK_KINDS)[number];
