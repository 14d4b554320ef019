import type { Preview, RequirementWords } from "../../worker/features/campaigns/schema";
import { lackWords } from "../../worker/features/eligibility/words";
import { errorText } from "../lib/client";
import { Banner, Button, Loading, Skeleton } from "../ui";
import { Bar } from "./fill";
import type { PreviewState } from "./use-preview";

const MOST_LACKING = 8;
const MOST_NAMES = 6;

export interface PreviewPanelProps {
  preview: PreviewState;
  /** Rows that are not finished, which the numbers leave out. */
  unfinished: number;
  names: RequirementWords;
}

/** Beside requirements that are being written: how many agents qualify today, and what the others lack. */
export function PreviewPanel({ preview, unfinished, names }: PreviewPanelProps) {
  const { data, error, waiting } = preview;
  return (
    <section class="req-preview" aria-label="Who qualifies today" aria-busy={waiting}>
      {error ? (
        <Banner
          tone="warn"
          action={
            <Button size="s" icon="refresh-cw" onClick={preview.retry}>
              Try again
            </Button>
          }
        >
          The preview can’t be shown. {errorText(error)}
        </Banner>
      ) : null}
      {!data && !error ? (
        <Loading label="Counting who qualifies">
          <Skeleton lines={6} />
        </Loading>
      ) : null}
      {data && (
        <div class={waiting ? "stack req-shown req-old" : "stack req-shown"}>
          <p class="campaign-count" role="status">
            <strong class="num">{data.eligible.toLocaleString()}</strong>
            <span>
              of {data.agents.toLocaleString()} {data.agents === 1 ? "agent qualifies" : "agents qualify"}{" "}
              today
            </span>
          </p>
          <Bar value={data.agents > 0 ? data.eligible / data.agents : 0} />
          {unfinished > 0 && (
            <p class="quiet">
              {unfinished === 1 ? "A row that is not finished is" : "Rows that are not finished are"} left
              out.
            </p>
          )}
          <Lacking preview={data} />
          <Examples preview={data} names={names} />
        </div>
      )}
    </section>
  );
}

function Lacking({ preview: { lacking, agents } }: { preview: Preview }) {
  if (lacking.length === 0) return null;
  const more = lacking.length - MOST_LACKING;
  return (
    <div>
      <h3>What the others lack</h3>
      <ul class="req-lacking">
        {lacking.slice(0, MOST_LACKING).map(({ kind, text, agents: count }) => (
          <li key={`${kind} ${text}`}>
            <span class="req-lacks">{text}</span>
            <span class="num">{count.toLocaleString()}</span>
            <Bar tone="warn" value={agents > 0 ? count / agents : 0} />
          </li>
        ))}
      </ul>
      {more > 0 && <p class="quiet">and {more === 1 ? "one thing" : `${more} things`} more</p>}
    </div>
  );
}

function Examples({ preview: { examples }, names }: { preview: Preview; names: RequirementWords }) {
  const ready = examples.filter(({ missing }) => missing.length === 0).slice(0, MOST_NAMES);
  const near = examples.filter(({ missing }) => missing.length > 0).slice(0, MOST_NAMES);
  return (
    <>
      {ready.length > 0 && (
        <div>
          <h3>Among those who qualify</h3>
          <p class="req-names">
            {ready.map(({ agentId, name }, at) => (
              <span key={agentId}>
                {at > 0 && ", "}
                <a href={`/agents/${agentId}`} target="_blank" rel="noopener">
                  {name}
                </a>
              </span>
            ))}
          </p>
        </div>
      )}
      {near.length > 0 && (
        <div>
          <h3>One thing away</h3>
          <ul class="req-near">
            {near.map(({ agentId, name, missing }) => (
              <li key={agentId}>
                <a href={`/agents/${agentId}`} target="_blank" rel="noopener">
                  {name}
                </a>{" "}
                <span class="quiet">{missing[0] && lackWords(missing[0], names)}</span>
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}
