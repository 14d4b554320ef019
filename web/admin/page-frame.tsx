import "./page-frame.css";
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { CareersPreview } from "../../worker/features/organizations/schema";
import { Button } from "../ui";

/** Widths of a usual phone and of a usual window. */
const WIDTHS = { phone: 390, desktop: 1280 } as const;
type Width = keyof typeof WIDTHS;

const EMPTY = '<!doctype html><html lang="en" data-mood="portal"><title>Preview</title><body></body></html>';

export interface PageFrameProps {
  /** What is shown, for those who can't see it. */
  title: string;
  page: CareersPreview;
  /** Beside the choice of widths. */
  children?: ComponentChildren;
}

/** A public page as its readers see it, on a phone or in a window. Nothing in it can be followed or sent. */
export function PageFrame({ title, page, children }: PageFrameProps) {
  const [width, setWidth] = useState<Width>(() => (innerWidth < 800 ? "phone" : "desktop"));
  const [ready, setReady] = useState(false);
  const frame = useRef<HTMLIFrameElement>(null);
  const stage = useRef<HTMLDivElement>(null);
  const room = useWidth(stage);

  useEffect(() => {
    const inner = frame.current?.contentDocument;
    if (ready && inner) fill(inner, page);
  }, [ready, page]);

  return (
    <div class="page-frame">
      <div class="frame-head">
        <div class="frame-widths" role="group" aria-label="Width of the preview">
          {(["phone", "desktop"] as const).map((one) => (
            <Button
              key={one}
              size="s"
              variant="plain"
              icon={one === "phone" ? "smartphone" : "monitor"}
              aria-pressed={one === width}
              onClick={() => setWidth(one)}
            >
              {one === "phone" ? "Phone" : "Desktop"}
            </Button>
          ))}
        </div>
        {children}
      </div>
      <div
        class={`frame-stage frame-${width}`}
        ref={stage}
        style={{
          "--page-width": WIDTHS[width],
          "--page-scale": width === "phone" ? 1 : Math.min(1, room / WIDTHS.desktop),
        }}
      >
        <iframe
          class="frame-page"
          ref={frame}
          title={title}
          sandbox="allow-same-origin"
          srcdoc={EMPTY}
          onLoad={() => setReady(true)}
        />
      </div>
    </div>
  );
}

/** The width of an element as it changes. */
function useWidth(element: { current: HTMLElement | null }): number {
  const [width, setWidth] = useState<number>(WIDTHS.desktop);
  useEffect(() => {
    if (!element.current) return;
    const watch = new ResizeObserver(([entry]) => setWidth(entry?.contentRect.width || WIDTHS.desktop));
    watch.observe(element.current);
    return () => watch.disconnect();
  }, []);
  return width;
}

/**
 * Puts a page into the frame's document. Its styles are made sheets of that document, since the policy that it
 * inherits refuses styles written into a page.
 */
function fill(inner: Document, { html, styles }: CareersPreview): void {
  const view = inner.defaultView;
  if (!view) return;
  const made = new DOMParser().parseFromString(html, "text/html");
  inner.adoptedStyleSheets = styles.map((style) => {
    const sheet = new view.CSSStyleSheet();
    sheet.replaceSync(style);
    return sheet;
  });
  inner.body.replaceWith(inner.adoptNode(made.body));
  const hold = (event: Event) => event.preventDefault();
  for (const kind of ["click", "submit"]) inner.body.addEventListener(kind, hold);
  // What can't be followed needs no stop for the keyboard either.
  for (const control of inner.querySelectorAll<HTMLElement>("a, button, input, select"))
    control.tabIndex = -1;
}
