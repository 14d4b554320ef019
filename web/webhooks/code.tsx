import "./code.css";
import { Button, toast } from "../ui";

/** Copies a text, and says so. Where the browser refuses, that is said. */
export async function copyText(text: string, said: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    toast({ text: said, tone: "good" });
  } catch {
    toast({ text: "The browser didn’t let us copy it. Select the text and copy it by hand.", tone: "warn" });
  }
}

export interface CodeProps {
  /** What it is, for screen readers and for the button: "the example". */
  name: string;
  children: string;
}

/** Text for a machine, with the button that copies it. */
export function Code({ name, children }: CodeProps) {
  return (
    <div class="code">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard (WCAG 2.1.1) */}
      <pre class="code-text" tabIndex={0} role="region" aria-label={name}>
        <code>{children}</code>
      </pre>
      <Button
        size="s"
        icon="copy"
        class="code-copy"
        aria-label={`Copy ${name}`}
        onClick={() => void copyText(children, `Copied: ${name}.`)}
      >
        Copy
      </Button>
    </div>
  );
}
