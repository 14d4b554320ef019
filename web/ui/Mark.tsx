export interface MarkProps {
  /** Height in pixels; it reads from 16 up. */
  size?: number;
  /** Writes the name beside the mark. */
  word?: boolean;
}

/** The mark of Portico: three columns under a low gable, in one stroke weight. */
export function Mark({ size = 24, word = false }: MarkProps) {
  return (
    <span class="mark">
      <svg width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
        <path d="M3 9 12 4l9 5M5.5 12.5V19M12 12.5V19M18.5 12.5V19M3 22h18" />
      </svg>
      {word && <span>Portico</span>}
    </span>
  );
}
