import type { ComponentChildren } from "preact";
import { useId, useRef, useState } from "preact/hooks";
import { Button } from "./Button";
import { Icon } from "./Icon";
import { Progress } from "./Progress";

export interface FileDropProps {
  /** What the file is for: "W-9". */
  label: string;
  /** What is taken: kinds and size. */
  hint?: ComponentChildren;
  /** Content types and extensions, as the `accept` of an input. */
  accept?: string;
  onFile: (file: File) => void;
  /** While a file is on its way. */
  sending?: { fileName: string; fraction: number } | null;
  onCancel?: () => void;
  error?: string | null;
  disabled?: boolean;
  /** Offers the camera where the device is held in a hand. */
  camera?: boolean;
  /** One line instead of an area. */
  compact?: boolean;
  /** Names the button; "Choose a file" unless told. */
  action?: string;
  /** It is the one thing to do on the screen. */
  primary?: boolean;
}

/** Takes a file by drop, from the disk or from the camera, and shows how far it is. */
export function FileDrop(props: FileDropProps) {
  const {
    label,
    hint,
    accept,
    onFile,
    sending,
    onCancel,
    error,
    disabled,
    camera = true,
    compact,
    action,
  } = props;
  const id = useId();
  const [over, setOver] = useState(0);
  const browse = useRef<HTMLInputElement>(null);
  const snap = useRef<HTMLInputElement>(null);

  const choose = (input: HTMLInputElement) => {
    const file = input.files?.[0];
    // The same file may be chosen again after it was refused.
    input.value = "";
    if (file) onFile(file);
  };
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ") || undefined;

  if (sending) {
    return (
      <div class={compact ? "drop drop-compact drop-sending" : "drop drop-sending"}>
        <div class="drop-file">
          <Icon name="file-text" size={20} />
          <span class="drop-name">{sending.fileName}</span>
          <span class="num quiet">{Math.round(sending.fraction * 100)} %</span>
          {onCancel && (
            <Button size="s" variant="plain" onClick={onCancel}>
              Cancel
            </Button>
          )}
        </div>
        <Progress
          label={`Sending ${sending.fileName}`}
          value={sending.fraction < 1 ? sending.fraction : undefined}
        />
        <span class="sr-only" role="status">
          {sending.fraction < 1 ? `Sending ${sending.fileName}` : "Sent. It is being checked."}
        </span>
      </div>
    );
  }

  return (
    <div class="drop-frame">
      <div
        class={`drop${compact ? " drop-compact" : ""}${over > 0 && !disabled ? " drop-over" : ""}`}
        role="group"
        aria-label={`Upload ${label}`}
        aria-describedby={described}
        onDragEnter={(event) => {
          event.preventDefault();
          setOver((count) => count + 1);
        }}
        onDragLeave={() => setOver((count) => Math.max(0, count - 1))}
        onDragOver={(event) => event.preventDefault()}
        onDrop={(event) => {
          event.preventDefault();
          setOver(0);
          const file = event.dataTransfer?.files[0];
          if (file && !disabled) onFile(file);
        }}
      >
        {!compact && <Icon name="upload" size={22} />}
        <div class="drop-buttons">
          <Button
            variant={props.primary ? "primary" : "quiet"}
            icon={compact ? "upload" : undefined}
            disabled={disabled}
            onClick={() => browse.current?.click()}
          >
            {action ?? "Choose a file"}
            <span class="sr-only"> for {label}</span>
          </Button>
          {camera && (
            <Button
              class="drop-camera"
              icon="camera"
              disabled={disabled}
              onClick={() => snap.current?.click()}
            >
              Take a photo
              <span class="sr-only"> for {label}</span>
            </Button>
          )}
          <span class="drop-or">or drop it here</span>
        </div>
        {hint && (
          <div class="field-hint" id={`${id}-hint`}>
            {hint}
          </div>
        )}
        <input
          ref={browse}
          type="file"
          hidden
          accept={accept}
          onChange={(event) => choose(event.currentTarget)}
        />
        {camera && (
          <input
            ref={snap}
            type="file"
            hidden
            accept="image/*"
            capture="environment"
            onChange={(event) => choose(event.currentTarget)}
          />
        )}
      </div>
      {error && (
        <div class="field-error" id={`${id}-error`} role="alert">
          <Icon name="circle-alert" size={16} />
          <span>{error}</span>
        </div>
      )}
    </div>
  );
}
