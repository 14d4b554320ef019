import { errorText } from "../lib/client";
import { lowerFirst } from "../lib/lower-first";
import { Loading, Skeleton, Trouble } from "../ui";

export interface ArrivingProps {
  /** What is not there yet, as the start of a sentence: "Your documents". */
  what: string;
  error: unknown;
  onRetry: () => void;
  /** How high what stands for it is, each part in rem. */
  heights?: number[];
}

/** What stands in the place of one's own things until they are there: in trouble, or on their way. */
export function Arriving({ what, error, onRetry, heights = [9, 9] }: ArrivingProps) {
  if (error) {
    return (
      <Trouble title={`${what} could not be loaded`} onRetry={onRetry}>
        {errorText(error)}
      </Trouble>
    );
  }
  return (
    <Loading label={`Loading ${lowerFirst(what)}`}>
      <div class="stack">
        {heights.map((height, part) => (
          <Skeleton key={part} height={`${height}rem`} />
        ))}
      </div>
    </Loading>
  );
}
