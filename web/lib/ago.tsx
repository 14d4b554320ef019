import { absolute, age, ago } from "./time";

/** A time in words, with the exact one on hover and for machines. `short` shows just the age, like `2d`. */
export function Ago({
  at,
  short = false,
  class: className,
}: {
  at: string;
  short?: boolean;
  class?: string;
}) {
  return (
    <time dateTime={at} title={absolute(at)} class={className}>
      {short ? age(at) : ago(at)}
    </time>
  );
}
