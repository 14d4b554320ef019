import type { StatusWord } from "../../worker/features/pipelines/words";
import { StatusPill } from "../ui";
import { STATUS_LOOKS } from "./words";

/** How a candidate is doing, as a word, a colour and a shape. */
export function CandidateStatus({ status }: { status: StatusWord }) {
  const { word, tone } = STATUS_LOOKS[status];
  return <StatusPill tone={tone}>{word}</StatusPill>;
}
