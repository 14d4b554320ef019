import "./strip.css";
import type { AnyComponent } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { useLocation } from "preact-iso";

/** The screens of the integrations: what goes out, what comes in, and how both are. */
const PARTS = [
  { href: "/settings/webhooks", label: "Endpoints" },
  { href: "/settings/webhooks/deliveries", label: "Deliveries" },
  { href: "/settings/webhooks/events", label: "Events" },
  { href: "/settings/sources", label: "Sources" },
  { href: "/settings/inbox", label: "Inbox" },
  { href: "/settings/webhooks/dead-letters", label: "Dead letters" },
  { href: "/settings/webhooks/health", label: "Health" },
  { href: "/settings/api-keys", label: "API keys" },
] as const;

/** The part that an address belongs to: the one with the longest address that it begins with. */
function partOf(path: string): string | undefined {
  return PARTS.map(({ href }) => href)
    .filter((href) => path === href || path.startsWith(`${href}/`))
    .sort((one, other) => other.length - one.length)[0];
}

/** Leads from each screen of the integrations to the others. */
function Strip() {
  const { path } = useLocation();
  const here = partOf(path);
  const strip = useRef<HTMLElement>(null);
  // On a phone the present one may lie beyond the edge.
  useLayoutEffect(() => {
    const current = strip.current?.querySelector<HTMLElement>("[aria-current]");
    if (strip.current && current)
      strip.current.scrollLeft = current.offsetLeft - (strip.current.clientWidth - current.offsetWidth) / 2;
  }, [here]);
  return (
    <nav class="strip" aria-label="Integrations" ref={strip}>
      {PARTS.map(({ href, label }) => (
        <a key={href} class="strip-link" href={href} aria-current={href === here ? "page" : undefined}>
          {label}
        </a>
      ))}
    </nav>
  );
}

/** A screen with the strip above it. */
export function underStrip(Screen: AnyComponent): AnyComponent {
  return function UnderStrip() {
    return (
      <>
        <Strip />
        <Screen />
      </>
    );
  };
}
