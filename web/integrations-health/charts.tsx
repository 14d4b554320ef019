import type { HealthLine } from "../../worker/features/webhooks/schema";

type Hour = HealthLine["hours"][number];

const hourFormat = new Intl.DateTimeFormat(undefined, { weekday: "short", hour: "numeric" });
const dayFormat = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short" });

/** The hour in words: `Tue, 3 PM`. */
export const hourWords = (iso: string): string => hourFormat.format(new Date(iso));

/** Hours put together, so that a week is not a hundred and sixty-eight lines of a pixel. */
export function grouped(hours: readonly Hour[], most: number): Hour[] {
  const size = Math.max(1, Math.ceil(hours.length / most));
  const groups: Hour[] = [];
  for (let at = 0; at < hours.length; at += size) {
    const some = hours.slice(at, at + size);
    const [first] = some;
    if (!first) continue;
    groups.push({
      hour: first.hour,
      delivered: some.reduce((sum, { delivered }) => sum + delivered, 0),
      failed: some.reduce((sum, { failed }) => sum + failed, 0),
    });
  }
  return groups;
}

const SPARK = { width: 120, height: 28, bars: 24 };

export interface SparkProps {
  hours: readonly Hour[];
  /** The whole in a sentence, for those who don't see it. */
  label: string;
}

/**
 * One endpoint's or source's time in a strip of bars. The height is how much was tried, and the lower part of a bar
 * is what failed, which a pattern tells as well as the colour.
 */
export function Spark({ hours, label }: SparkProps) {
  const groups = grouped(hours, SPARK.bars);
  const most = Math.max(1, ...groups.map(({ delivered, failed }) => delivered + failed));
  const step = SPARK.width / groups.length;
  const scale = (SPARK.height - 2) / most;
  return (
    <svg
      class="spark"
      viewBox={`0 0 ${SPARK.width} ${SPARK.height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      {groups.map(({ hour, delivered, failed }, at) => {
        const good = delivered === 0 ? 0 : Math.max(2, delivered * scale);
        const bad = failed === 0 ? 0 : Math.max(2, failed * scale);
        const x = at * step + step * 0.12;
        const width = step * 0.76;
        return (
          <g key={hour}>
            {good + bad === 0 && (
              <rect class="chart-none" x={x} y={SPARK.height - 1} width={width} height={1} />
            )}
            {good > 0 && (
              <rect class="chart-good" x={x} y={SPARK.height - bad - good} width={width} height={good} />
            )}
            {bad > 0 && <rect class="chart-bad" x={x} y={SPARK.height - bad} width={width} height={bad} />}
          </g>
        );
      })}
    </svg>
  );
}

const CHART = { width: 960, height: 150, bars: 56 };

export interface HourChartProps {
  caption: string;
  hours: readonly Hour[];
}

/** What got through and what failed over time: bars for the eye, a table for the ear. */
export function HourChart({ caption, hours }: HourChartProps) {
  const groups = grouped(hours, CHART.bars);
  const most = Math.max(1, ...groups.map(({ delivered, failed }) => delivered + failed));
  const step = CHART.width / groups.length;
  const scale = CHART.height / most;
  const [first, last] = [groups[0], groups.at(-1)];
  const ends = hours.length > 48 ? (iso: string) => dayFormat.format(new Date(iso)) : hourWords;
  return (
    <figure class="chart">
      <div class="chart-plot">
        <span class="chart-most num" aria-hidden="true">
          {most.toLocaleString("en")}
        </span>
        <svg
          viewBox={`0 0 ${CHART.width} ${CHART.height}`}
          preserveAspectRatio="none"
          aria-hidden="true"
          class="chart-svg"
        >
          <line class="chart-line" x1="0" x2={CHART.width} y1="0.5" y2="0.5" />
          <line class="chart-line" x1="0" x2={CHART.width} y1={CHART.height / 2} y2={CHART.height / 2} />
          {groups.map(({ hour, delivered, failed }, at) => {
            const good = delivered === 0 ? 0 : Math.max(2, delivered * scale);
            const bad = failed === 0 ? 0 : Math.max(2, failed * scale);
            const x = at * step + step * 0.1;
            const width = step * 0.8;
            return (
              <g key={hour}>
                <title>
                  {hourWords(hour)}: {delivered.toLocaleString("en")} good, {failed.toLocaleString("en")}{" "}
                  failed
                </title>
                {/* The whole height answers the pointer. */}
                <rect class="chart-hit" x={at * step} y={0} width={step} height={CHART.height} />
                {good > 0 && (
                  <rect class="chart-good" x={x} y={CHART.height - bad - good} width={width} height={good} />
                )}
                {bad > 0 && (
                  <rect class="chart-bad" x={x} y={CHART.height - bad} width={width} height={bad} />
                )}
              </g>
            );
          })}
        </svg>
      </div>
      <figcaption class="chart-foot" aria-hidden="true">
        <span>{first && ends(first.hour)}</span>
        <span class="chart-keys">
          <span class="chart-key chart-key-good">Got through</span>
          <span class="chart-key chart-key-bad">Failed</span>
        </span>
        <span>{last && ends(last.hour)}</span>
      </figcaption>
      {/* A table is never cut to a pixel by itself. */}
      <div class="sr-only">
        <table>
          <caption>{caption}</caption>
          <thead>
            <tr>
              <th scope="col">From</th>
              <th scope="col">Got through</th>
              <th scope="col">Failed</th>
            </tr>
          </thead>
          <tbody>
            {groups.map(({ hour, delivered, failed }) => (
              <tr key={hour}>
                <th scope="row">{hourWords(hour)}</th>
                <td>{delivered}</td>
                <td>{failed}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </figure>
  );
}
