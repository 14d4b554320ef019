import { useState } from "preact/hooks";
import type { DashboardStats } from "../../worker/features/dashboard/schema";
import { REPORT_DAYS } from "../../worker/features/dashboard/words";
import type { StatusWord } from "../../worker/features/pipelines/words";
import { get } from "../lib/client";
import { useLoad } from "../lib/load";
import { LoadTrouble } from "../recruiter/trouble";
import { Card, Loading, Select, Skeleton } from "../ui";
import { Bars } from "./bars";
import { DayBars } from "./day-bars";
import { shown } from "./greeting";

const STATUS_NAMES: Record<StatusWord, string> = {
  NEW: "New",
  IN_REVIEW: "In review",
  IN_PROGRESS: "In progress",
  SHORTLISTED: "Shortlisted",
  SELECTED: "Hired",
  REJECTED: "Not hired",
};

/** How the organization stands, and how the last weeks went. Each number leads to the list behind it. */
export function Numbers() {
  const [days, setDays] = useState<string>(REPORT_DAYS[0]);
  const loaded = useLoad(
    (signal) => get<DashboardStats>("/api/dashboard/stats", { days }, { signal }),
    [days],
  );
  const stats = loaded.data;
  return (
    <section class="numbers" aria-labelledby="numbers">
      <header class="numbers-head">
        <h2 id="numbers">How things stand</h2>
        <Select
          label="How far back"
          hideLabel
          value={days}
          options={REPORT_DAYS.map((value) => ({ value, label: `Last ${value} days` }))}
          onValue={setDays}
        />
      </header>
      {loaded.error && !stats ? (
        <LoadTrouble what="The overview" error={loaded.error} onRetry={loaded.reload} />
      ) : !stats ? (
        <Loading label="Loading the numbers">
          <Card>
            <Skeleton lines={6} />
          </Card>
        </Loading>
      ) : (
        <>
          <Totals stats={stats} />
          <div class="pictures">
            <Card title="Applications, day by day">
              <DayBars days={stats.perDay} />
            </Card>
            <Card title={`Who got how far, last ${days} days`}>
              <Bars
                caption={`People who entered each stage in the last ${days} days`}
                label="Stage"
                unit="People"
                empty="Nobody entered a stage in this time."
                rows={funnelRows(stats)}
              />
            </Card>
            <Card title={`Days in each stage, last ${days} days`}>
              <Bars
                caption={`Average days that people stood in each stage, of those who left it in the last ${days} days`}
                label="Stage"
                unit="Days"
                empty="Nobody left a stage in this time."
                rows={stats.timeInStage.map(({ stage, name, days: long, people }) => ({
                  key: stage,
                  label: name,
                  value: long,
                  text: long < 10 ? long.toFixed(1) : String(Math.round(long)),
                  note: people === 1 ? "1 person" : `${people} people`,
                }))}
              />
            </Card>
            <Card title="Applications by status">
              <Bars
                caption="Applications of jobs that are worked on, by status"
                label="Status"
                unit="People"
                empty="Nobody applied yet."
                rows={(Object.keys(STATUS_NAMES) as StatusWord[]).map((status) => ({
                  key: status,
                  label: STATUS_NAMES[status],
                  value: stats.totals.applications[status] ?? 0,
                  href: stats.links.applications[status],
                }))}
              />
            </Card>
            {stats.totals.agents.some(({ count }) => count > 0) && (
              <Card title="Agent pool">
                <Bars
                  caption="Agents in each stage of the pool"
                  label="Stage"
                  unit="Agents"
                  empty="Nobody is in the pool yet."
                  rows={stats.totals.agents.map(({ stage, name, count }) => ({
                    key: stage,
                    label: name,
                    value: count,
                    href: `/pool/list?status=${encodeURIComponent(stage)}`,
                  }))}
                />
              </Card>
            )}
            {stats.sources.length > 0 && (
              <Card title={`Where they came from, last ${days} days`}>
                <Bars
                  caption={`Applications of the last ${days} days by source`}
                  label="Source"
                  unit="Applications"
                  empty="Nobody applied in this time."
                  rows={stats.sources.map(({ source, applications }) => ({
                    key: source,
                    label: source,
                    value: applications,
                  }))}
                />
              </Card>
            )}
          </div>
        </>
      )}
    </section>
  );
}

/** The way of those who went on; whoever was turned down or left is no step of it. */
function funnelRows({ funnel }: DashboardStats) {
  const steps = funnel.filter(({ kind }) => kind === "open" || kind === "hired");
  const first = steps[0]?.entered ?? 0;
  return steps.map(({ stage, name, entered }, at) => ({
    key: stage,
    label: name,
    value: entered,
    note: at > 0 && first > 0 ? `${Math.round((entered / first) * 100)} %` : undefined,
  }));
}

function Totals({ stats: { totals, links } }: { stats: DashboardStats }) {
  const agents = totals.agents.reduce((sum, { count }) => sum + count, 0);
  const all = [
    { label: "Open jobs", value: totals.jobs.open, href: links.openings },
    { label: "Openings", value: totals.openings, href: links.openings },
    { label: "Clients", value: totals.clients, href: links.clients },
    { label: "Candidates", value: totals.candidates, href: links.candidates },
    { label: "Agents", value: agents, href: links.agents },
    { label: "Open tasks", value: totals.tasks.open, href: links.tasks },
    { label: "Overdue tasks", value: totals.tasks.overdue, href: links.overdueTasks, late: true },
    { label: "To review", value: totals.documentsToReview, href: links.documentsToReview },
  ];
  return (
    <ul class="totals" aria-label="Totals">
      {all.map(({ label, value, href, late }) => (
        <li key={label}>
          <a class={late && value > 0 ? "total total-late" : "total"} href={href}>
            <span class="total-value num">{shown(value)}</span>
            <span class="total-label">{label}</span>
          </a>
        </li>
      ))}
    </ul>
  );
}
