import type { HealthLine } from "../../worker/features/webhooks/schema";
import { latency } from "../deliveries/words";
import { Ago } from "../lib/ago";
import { StatusPill } from "../ui";
import { Spark } from "./charts";
import { behind, hrefOf, nameOf, percent, sparkWords, stateOf } from "./words";

/** One endpoint or source: its picture, its numbers, how it stands, and what went wrong last. */
export function Line({ line }: { line: HealthLine }) {
  const { label, tone, icon, means } = stateOf(line);
  const out = line.direction === "outgoing";
  const givenUp = (out ? line.counts.exhausted : line.counts.quarantined) ?? 0;
  return (
    <li class="health-line">
      <div class="health-name">
        <a href={hrefOf(line)}>{nameOf(line)}</a>
        <span title={means}>
          <StatusPill tone={tone} icon={icon}>
            {label}
          </StatusPill>
        </span>
      </div>
      <Spark hours={line.hours} label={sparkWords(line)} />
      <dl class="health-numbers">
        <div>
          <dt>Success</dt>
          <dd class="num">{percent(line.successRate)}</dd>
        </div>
        <div>
          <dt title="Half of the attempts were answered within the first time, 95 of 100 within the second">
            Median, p95
          </dt>
          <dd class="num">
            {line.latency ? `${latency(line.latency.p50)}, ${latency(line.latency.p95)}` : "–"}
          </dd>
        </div>
        <div>
          <dt>Waiting</dt>
          <dd class={line.backlog > 0 ? "num health-some" : "num"}>
            <a href={`${behind(line)}&status=${out ? "pending,parked" : "received"}`}>
              {line.backlog.toLocaleString("en")}
              <span class="sr-only"> waiting at {nameOf(line)}</span>
            </a>
          </dd>
        </div>
        <div>
          <dt>{out ? "Given up" : "Not understood"}</dt>
          <dd class={givenUp > 0 ? "num health-bad" : "num"}>
            <a href={`${behind(line)}&status=${out ? "exhausted" : "quarantined"}`}>
              {givenUp.toLocaleString("en")}
              <span class="sr-only">
                {" "}
                {out ? "given up at" : "not understood of"} {nameOf(line)}
              </span>
            </a>
          </dd>
        </div>
      </dl>
      <p class="health-last">
        {line.lastError && line.lastErrorAt ? (
          <>
            {line.lastError} · <Ago at={line.lastErrorAt} />
          </>
        ) : line.lastSuccessAt ? (
          <>
            No error. Last {out ? "delivered" : "event"} <Ago at={line.lastSuccessAt} />
          </>
        ) : (
          `Nothing was ${out ? "sent" : "received"} yet.`
        )}
      </p>
    </li>
  );
}
