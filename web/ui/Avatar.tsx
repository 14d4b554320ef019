export interface AvatarProps {
  name: string;
  /** What the colour is made from; the name unless told, so that renaming keeps it. */
  id?: string;
  /** Side in pixels. */
  size?: number;
  /** Decoration beside the written name (the default), or standing for the name. */
  alone?: boolean;
}

/** The first letters of the first and the last word of a name. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const first = Array.from(words[0] ?? "?")[0] ?? "?";
  const last = words.length > 1 ? (Array.from(words[words.length - 1] ?? "")[0] ?? "") : "";
  return (first + last).toLocaleUpperCase();
}

function hue(text: string): number {
  let hash = 7;
  for (const char of text) hash = (hash * 31 + (char.codePointAt(0) ?? 0)) % 360;
  return hash;
}

/** A person as initials on a colour that stays theirs. */
export function Avatar({ name, id, size = 28, alone = false }: AvatarProps) {
  const style = {
    "--hue": hue(id ?? name),
    width: `${size}px`,
    height: `${size}px`,
    fontSize: `${size * 0.4}px`,
  };
  const letters = initials(name);
  if (!alone) return <span class="avatar" style={style} data-letters={letters} aria-hidden="true" />;
  return (
    <span class="avatar" style={style} data-letters={letters} role="img" aria-label={name} title={name} />
  );
}
