/** Numbers that aren't kept are counted up to here; whoever shows them writes "2,000+". */
export const COUNT_TO = 2000;

/** Days that a report of the past can be asked for. */
export const REPORT_DAYS = ["30", "90"] as const;

/** Rows of each list on a home screen. */
export const HOME_TASKS = 50;
export const HOME_NEW = 20;
export const HOME_WAITING = 10;
export const HOME_DUE = 20;
/** Promised answers among which those of one's own jobs are looked for, the most overdue first. */
export const DUE_LOOKED_AT = 200;
export const HOME_MENTIONS = 10;
