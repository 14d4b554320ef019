const VIEWS = [
  { key: "board", label: "Board", href: "/pool" },
  { key: "list", label: "List", href: "/pool/list" },
] as const;

/** The two ways to look at the agent pool. */
export function PoolSwitch({ here }: { here: "board" | "list" }) {
  return (
    <nav class="switch" aria-label="Views of the agent pool">
      {VIEWS.map(({ key, label, href }) => (
        <a key={key} class="switch-view" href={href} aria-current={key === here ? "page" : undefined}>
          {label}
        </a>
      ))}
    </nav>
  );
}
