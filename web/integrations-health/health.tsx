import "../home/home.css";
import "./health.css";
import { useEffect, useState } from "preact/hooks";
import type { HealthLine, WebhookHealth } from "../../worker/features/webhooks/schema";
import { CALM_MS, usePulse } from "../deliveries/pulse";
import { count, latency } from "../deliveries/words";
import { get } from "../lib/client";
import { useLoad } from "../lib/load";
import { queryValue, setQuery } from "../lib/url";
import { LoadTrouble } from "../recruiter/trouble";
import { Banner, Button, Card, EmptyState, Loading, Page, Select, Skeleton } from "../ui";
import { HourChart } from "./charts";
import { Line } from "./line";
import { behind, hoursOf, percent, RANGES, sorted, verdict } from "./words";

/** How sending and receiving goes, at one look: what works, what waits, what failed last. */
export default function HealthScreen() {
  const [hours, setHours] = useState(
    RANGES.find(({ value }) => value === queryValue("hours"))?.value ?? "24",
  );
  useEffect(() => setQuery({ hours: hours === "24" ? null : hours }), [hours]);
  const loaded = useLoad(
    (signal) => get<WebhookHealth>("/api/webhooks/health", { hours }, { signal }),
    [hours],
  );
  const health = loaded.data;
  usePulse(health ? CALM_MS / 3 : null, loaded.reload);
  const range = RANGES.find(({ value }) => value === hours)?.label.toLowerCase() ?? "";
  return (
    <Page
      title="Health"
      lead="Whether events get out and come in, and what to look at first where they don’t."
      width="full"
      actions={<Select label="How far back" hideLabel value={hours} options={RANGES} onValue={setHours} />}
    >
      {loaded.error && !health ? (
        <LoadTrouble what="The health of the integrations" error={loaded.error} onRetry={loaded.reload} />
      ) : !health ? (
        <Loading label="Loading the health">
          <div class="stack">
            <Skeleton height="5rem" />
            <Card>
              <Skeleton lines={8} />
            </Card>
          </div>
        </Loading>
      ) : health.lines.length === 0 ? (
        <Card>
          <EmptyState
            icon="chart-no-axes-column"
            title="There is nothing to watch yet"
            action={
              <div class="row">
                <Button variant="primary" icon="plus" href="/settings/webhooks/new">
                  Add an endpoint
                </Button>
                <Button href="/settings/sources/new">Connect a source</Button>
              </div>
            }
          >
            Add an endpoint that events are sent to, or a source that sends some. How each of them does stands
            here.
          </EmptyState>
        </Card>
      ) : (
        <Body health={health} range={range} />
      )}
    </Page>
  );
}

function Body({ health, range }: { health: WebhookHealth; range: string }) {
  const { tone, text, first } = verdict(health);
  const out = sorted(health.lines.filter(({ direction }) => direction === "outgoing"));
  const come = sorted(health.lines.filter(({ direction }) => direction === "incoming"));
  return (
    <>
      <Banner
        tone={tone}
        role="none"
        action={
          first && (
            <Button size="s" iconEnd="arrow-right" href={toMend(first)}>
              See why
            </Button>
          )
        }
      >
        <strong>{text}</strong>
      </Banner>
      <Totals health={health} />
      {out.length > 0 && (
        <Direction title={`Sending to ${count(out.length, "endpoint")}`} range={range} lines={out} />
      )}
      {come.length > 0 && (
        <Direction title={`Receiving from ${count(come.length, "source")}`} range={range} lines={come} />
      )}
    </>
  );
}

/** The list in which one finds what is wrong with a line. */
const toMend = (line: HealthLine): string =>
  `${behind(line)}&status=${line.direction === "outgoing" ? "pending,parked,exhausted" : "quarantined"}`;

interface DirectionProps {
  title: string;
  range: string;
  lines: HealthLine[];
}

/** One direction over time, then a line for each that takes part in it. */
function Direction({ title, range, lines }: DirectionProps) {
  const out = lines[0]?.direction === "outgoing";
  return (
    <Card title={title} flush class="health-direction">
      <HourChart
        caption={`${out ? "Attempts to deliver" : "Events that came in"}, ${range}`}
        hours={hoursOf(lines, out ? "outgoing" : "incoming")}
      />
      <ul class="health-lines" aria-label={out ? "Endpoints" : "Sources"}>
        {lines.map((line) => (
          <Line key={line.id} line={line} />
        ))}
      </ul>
    </Card>
  );
}

/** The whole in a few numbers, each of which leads to what is behind it. */
function Totals({ health: { successRate, latency: times, counts, backlog } }: { health: WebhookHealth }) {
  const list = "/settings/webhooks/deliveries";
  const all: { label: string; value: string; href: string; bad?: boolean }[] = [
    { label: "Attempts that succeeded", value: percent(successRate), href: list },
    { label: "Half answered within", value: times ? latency(times.p50) : "–", href: list },
    { label: "95 of 100 within", value: times ? latency(times.p95) : "–", href: list },
    { label: "99 of 100 within", value: times ? latency(times.p99) : "–", href: list },
    { label: "Waiting, both ways", value: backlog.toLocaleString("en"), href: `${list}?status=pending` },
    { label: "Held back", value: counts.parked.toLocaleString("en"), href: `${list}?status=parked` },
    { label: "Delivered", value: counts.delivered.toLocaleString("en"), href: `${list}?status=delivered` },
    {
      label: "Given up",
      value: counts.exhausted.toLocaleString("en"),
      href: "/settings/webhooks/dead-letters",
      bad: counts.exhausted > 0,
    },
  ];
  return (
    <ul class="totals" aria-label="Totals">
      {all.map(({ label, value, href, bad }) => (
        <li key={label}>
          <a class={bad ? "total total-late" : "total"} href={href}>
            <span class="total-value num">{value}</span>
            <span class="total-label">{label}</span>
          </a>
        </li>
      ))}
    </ul>
  );
}
