export interface BarRow {
  key: string;
  label: string;
  value: number;
  /** The value as it is written, where a plain number isn't how. */
  text?: string;
  /** A word about it behind the value. */
  note?: string | undefined;
  /** The list behind it. */
  href?: string | undefined;
}

export interface BarsProps {
  /** What the rows hold, for screen readers. */
  caption: string;
  /** Heads of the two columns, for screen readers. */
  label: string;
  unit: string;
  empty: string;
  rows: readonly BarRow[];
}

/** Values side by side: a table, whose bars are drawn for the eye only. */
export function Bars({ caption, label, unit, empty, rows }: BarsProps) {
  const most = Math.max(0, ...rows.map(({ value }) => value));
  // A value in words of its own is one even where it is next to nothing.
  if (rows.every(({ value, text }) => value === 0 && text === undefined))
    return <p class="quiet bars-empty">{empty}</p>;
  // Bars are compared, so all tracks are of one length.
  const noted = rows.some(({ note }) => note !== undefined);
  return (
    <table class="bars">
      <caption class="sr-only">{caption}</caption>
      <thead class="sr-only">
        <tr>
          <th scope="col">{label}</th>
          <th scope="col">{unit}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, label: name, value, text, note, href }) => (
          <tr key={key}>
            <th scope="row">{href ? <a href={href}>{name}</a> : name}</th>
            <td>
              <span class="bars-cell">
                <span class="bars-track" aria-hidden="true">
                  {value > 0 && <span class="bars-bar" style={{ width: `${(value / most) * 100}%` }} />}
                </span>
                <span class="bars-value num">{text ?? value.toLocaleString("en")}</span>
                {noted && <span class="bars-note num">{note}</span>}
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
