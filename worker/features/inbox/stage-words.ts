import { STAGE_KINDS, STATUS_WORDS } from "../pipelines/words";

interface StageLike {
  key: string;
  name: string;
  kind: string;
  status: string;
  position: number;
}

/** Words as both sides may spell them: small letters and digits, anything else between them a dash. */
const plain = (words: string): string =>
  words
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-+|-+$/g, "");

/** The stage that is called so, by its key or its name; null where none or more than one is. */
export function stageNamed<S extends StageLike>(stages: readonly S[], said: string): S | null {
  const byKey = stages.find(({ key }) => key === said.trim());
  if (byKey) return byKey;
  const alike = stages.filter(({ key, name }) => plain(key) === plain(said) || plain(name) === plain(said));
  return alike.length === 1 ? (alike[0] ?? null) : null;
}

/**
 * The stage that a status of the portal means: one that is called so, or the first of a status word or a kind
 * (`hired`, `rejected`, `withdrawn`). Whoever stands in a stage of that word already stays.
 */
export function stageMeant<S extends StageLike>(stages: readonly S[], held: S, said: string): S | null {
  const named = stageNamed(stages, said);
  if (named) return named;
  const ordered = stages.toSorted((a, b) => a.position - b.position);
  const kind = STAGE_KINDS.find((one) => one !== "open" && one === plain(said));
  if (kind) return held.kind === kind ? held : (ordered.find((stage) => stage.kind === kind) ?? null);
  const word = STATUS_WORDS.find((one) => plain(one.replaceAll("_", "-")) === plain(said));
  if (!word) return null;
  if (held.status === word) return held;
  // Of those closed as rejected some are of people who withdrew, which they say themselves.
  const meant = ordered.filter(({ status, kind: of }) => status === word && of !== "withdrawn");
  return meant[0] ?? null;
}
