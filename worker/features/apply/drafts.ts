import type { Meter } from "../../db/meter";
import type { Ctx } from "../../events/context";
import type { Visitor } from "../sessions/sessions";
import type { SentFile } from "./apply";
import type { AddedDraftFile, CreatedDraft, Draft, DraftChange, NewDraft } from "./schema";

/** What a verb needs that finds its organization by a secret. */
export type Outside = Pick<Ctx, "env" | "requestId" | "after"> & { meter?: Meter | undefined };

/** @throws DomainError `not-found` for the job, `conflict` where it takes nobody any more, `rate-limited` */
export async function createDraft(
  _ctx: Ctx,
  _input: Omit<NewDraft, "org">,
  _visitor: Visitor,
): Promise<CreatedDraft> {
  throw new Error("not yet");
}

/** @throws DomainError `not-found` for a secret that is unknown or too old */
export async function getDraft(_world: Outside, _token: string): Promise<Draft> {
  throw new Error("not yet");
}

/** @throws DomainError `not-found`, `conflict` where another change keeps coming first */
export async function saveDraft(_world: Outside, _token: string, _change: DraftChange): Promise<Draft> {
  throw new Error("not yet");
}

/**
 * Keeps a file with a draft, in place of one that the field had.
 * @throws DomainError `not-found`, `conflict` for more than ten, `too-large`, `unsupported-type`, `invalid`
 */
export async function addDraftFile(
  _world: Outside,
  _token: string,
  _file: SentFile,
): Promise<AddedDraftFile> {
  throw new Error("not yet");
}

/** @throws DomainError `not-found` for the draft; a file that isn't there is gone already */
export async function removeDraftFile(_world: Outside, _token: string, _field: string): Promise<void> {
  throw new Error("not yet");
}

/**
 * Mails a link by which the form can be filled in elsewhere.
 * @throws DomainError `not-found`, `invalid` where no address is known, `rate-limited`
 */
export async function mailDraft(
  _world: Outside,
  _token: string,
  _email: string | undefined,
  _visitor: Visitor,
): Promise<void> {
  throw new Error("not yet");
}
