/** A client that is `inactive` keeps its history and gets no new jobs. */
export const CLIENT_STATUSES = ["active", "inactive"] as const;
export type ClientStatus = (typeof CLIENT_STATUSES)[number];
