import type { ComponentChildren } from "preact";

/** One component of the gallery, with its name. */
export function Sample({
  name,
  children,
  wide,
}: {
  name: string;
  children: ComponentChildren;
  wide?: boolean;
}) {
  return (
    <section
      class={wide ? "sample sample-wide" : "sample"}
      aria-label={name}
      id={name.toLowerCase().replace(/\W+/g, "-")}
    >
      <h2>{name}</h2>
      <div class="stack">{children}</div>
    </section>
  );
}
