import "./secret-dialog.css";
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { lowerFirst } from "../lib/lower-first";
import { Banner, Button, Dialog, Icon } from "../ui";

export interface SecretDialogProps {
  /** What was just made, and its secret; null closes the dialog. */
  secret: string | null;
  title: string;
  /** What the text is: "Signing secret", "Key". */
  name: string;
  /** What to do with it: a step each. */
  steps: readonly ComponentChildren[];
  onClose: () => void;
}

/** Shows a secret the one time that it is shown. It doesn't close by accident before it was copied. */
export function SecretDialog({ secret, title, name, steps, onClose }: SecretDialogProps) {
  const [copied, setCopied] = useState<"no" | "yes" | "refused">("no");
  const [warned, setWarned] = useState(false);
  const close = () => {
    setCopied("no");
    setWarned(false);
    onClose();
  };
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(secret ?? "");
      setCopied("yes");
      setWarned(false);
    } catch {
      setCopied("refused");
    }
  };
  const asked = () => {
    if (copied === "yes" || warned) close();
    else setWarned(true);
  };
  return (
    <Dialog
      open={secret !== null}
      onClose={asked}
      title={title}
      actions={
        <Button variant={copied === "yes" ? "primary" : "quiet"} onClick={asked}>
          {copied === "yes" ? "Done" : warned ? "Close without copying" : "Close"}
        </Button>
      }
    >
      <div class="stack secret">
        <p>
          This is the only time that it is shown: Portico can use it, but can’t show it again. If it gets
          lost, make a new one.
        </p>
        <div class="secret-box">
          <div class="secret-name">{name}</div>
          <code class="secret-value">{secret}</code>
          <Button
            variant={copied === "yes" ? "quiet" : "primary"}
            icon={copied === "yes" ? "check" : "copy"}
            autoFocus
            onClick={() => void copy()}
          >
            {copied === "yes" ? "Copied" : `Copy the ${lowerFirst(name)}`}
          </Button>
        </div>
        <div role="status">
          {copied === "yes" && <span class="sr-only">It is copied.</span>}
          {copied === "refused" && (
            <Banner tone="warn" role="none">
              The browser didn’t let us copy it. Select the text above and copy it by hand.
            </Banner>
          )}
          {warned && (
            <Banner tone="warn" role="none">
              It is not copied yet. Once this is closed, nobody can see it again.
            </Banner>
          )}
        </div>
        <div>
          <h3>What to do with it</h3>
          <ol class="secret-steps">
            {steps.map((step, at) => (
              <li key={at}>
                <Icon name="arrow-right" size={16} />
                <span>{step}</span>
              </li>
            ))}
          </ol>
        </div>
      </div>
    </Dialog>
  );
}
