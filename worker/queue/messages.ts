/** Ids only: D1 is the truth, a queue message is a hint that something there is due. */
export interface EventsMessage {
  orgId: string;
  seqs: number[];
}
export interface EmailMessage {
  orgId: string;
  emailId: string;
}
export interface ImportMessage {
  orgId: string;
  importId: string;
}
export interface InboxMessage {
  orgId: string;
  inboxId: string;
}
