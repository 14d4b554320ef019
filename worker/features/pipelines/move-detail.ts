/** What a move event keeps beside its data. */
export interface MoveDetail {
  stageId: string;
  applicationId: string;
  reason?: string;
  /** When they had entered the stage that they left, in milliseconds: what an undo restores. */
  stoodSince?: number;
  /** What the move changed besides the stage: an undo restores it too. */
  was?: {
    reason: string | null;
    shared: boolean;
    replyBy?: number | null;
    status?: string;
    selectedAt?: number | null;
    /** Of a campaign: the day from which on they work. */
    startDate?: string | null;
  };
  /** The move that this one takes back: the stage does not act again, and unread notices of it go. */
  undoOf?: string;
  /** Part of a bulk action, which can be taken back for longer. */
  bulk?: boolean;
}
