import type { DashboardStats } from "../../worker/features/dashboard/schema";
import { calendarDay } from "../lib/time";

const say = (count: number, one: string) => `${count.toLocaleString("en")} ${count === 1 ? one : `${one}s`}`;

/** What came in and who was hired on each of the last days: bars for the eye, a table for the ear. */
export function DayBars({ days }: { days: DashboardStats["perDay"] }) {
  const most = Math.max(1, ...days.map(({ applications }) => applications));
  const applications = days.reduce((sum, day) => sum + day.applications, 0);
  const hires = days.reduce((sum, day) => sum + day.hires, 0);
  const [first, last] = [days[0], days.at(-1)];
  if (!first || !last) return null;
  return (
    <div>
      <p class="days-sum">
        <strong class="num">{say(applications, "application")}</strong> and{" "}
        <strong class="num">{say(hires, "hire")}</strong> in {days.length} days
      </p>
      <div class="days" aria-hidden="true">
        {days.map(({ day, applications: count, hires: hired }) => (
          <span
            key={day}
            class="days-day"
            title={`${calendarDay(day)}: ${say(count, "application")}${hired ? `, ${say(hired, "hire")}` : ""}`}
          >
            {hired > 0 && <span class="days-hire" />}
            <span
              class={count === 0 ? "days-bar days-none" : "days-bar"}
              style={{ height: `${(count / most) * 100}%` }}
            />
          </span>
        ))}
      </div>
      <div class="days-ends" aria-hidden="true">
        <span>{calendarDay(first.day)}</span>
        {hires > 0 && (
          <span class="days-key">
            <span class="days-hire" /> a hire
          </span>
        )}
        <span>{calendarDay(last.day)}</span>
      </div>
      {/* A table is never cut to a pixel by itself. */}
      <div class="sr-only">
        <table>
          <caption>Applications and hires by day</caption>
          <thead>
            <tr>
              <th scope="col">Day</th>
              <th scope="col">Applications</th>
              <th scope="col">Hires</th>
            </tr>
          </thead>
          <tbody>
            {days.map((day) => (
              <tr key={day.day}>
                <th scope="row">{calendarDay(day.day)}</th>
                <td>{day.applications}</td>
                <td>{day.hires}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}
