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
  /** What it is: stands over it, and says what is copied. */
  name: string;
  /** Where there is nothing to copy, since parts are left out. */
  sample?: boolean;
  children: string;
}

/** Text for a machine, with its name and the button that copies it. */
export function Code({ name, sample, children }: CodeProps) {
  return (
    <div class="code">
      <div class="code-head">
        <span>{name}</span>
        {!sample && (
          <Button
            size="s"
            variant="plain"
            icon="copy"
            aria-label={`Copy: ${name}`}
            onClick={() => void copyText(children, `Copied: ${name}.`)}
          >
            Copy
          </Button>
        )}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by Tab */}
      <pre class="code-text" tabIndex={0} role="region" aria-label={name}>
        <code>{children}</code>
      </pre>
    </div>
  );
}
