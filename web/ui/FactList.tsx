import type { ComponentChildren } from "preact";

export type Fact = [name: string, value: ComponentChildren];

export interface FactListProps {
  /** One without a value is left out. */
  facts: Fact[];
  class: string;
}

/** What is known of something: names and values, a line each. */
export function FactList({ facts, class: named }: FactListProps) {
  return (
    <dl class={named}>
      {facts
        .filter(([, value]) => value)
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}
