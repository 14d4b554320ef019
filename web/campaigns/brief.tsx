import type { Campaign, RequirementWords } from "../../worker/features/campaigns/schema";
import { Card, EmptyState, FactList, Icon } from "../ui";
import { linesOf } from "./requirement-words";
import { datesWords, payWords, seatsWords } from "./words";

/** A campaign as the agents read it, with what it asks for. */
export function Brief({ campaign, words }: { campaign: Campaign; words: RequirementWords | undefined }) {
  const { brief, schedule, pay, requirements } = campaign;
  const lines = linesOf(requirements, words);
  return (
    <div class="campaign-brief">
      <Card title="Brief">
        {brief ? (
          <div class="campaign-text">
            {brief.split(/\n{2,}/).map((part) => (
              <p key={part}>{part}</p>
            ))}
          </div>
        ) : (
          <EmptyState icon="file-text" title="No brief is written yet">
            Agents then read the name, the schedule and the pay only.
          </EmptyState>
        )}
      </Card>
      <div class="stack">
        <Card title="Facts">
          <FactList
            class="facts"
            facts={[
              ["Runs", datesWords(campaign)],
              ["Schedule", schedule && <span class="campaign-text">{schedule}</span>],
              ["Pay", pay && payWords(pay)],
              ["Terms", pay?.terms && <span class="campaign-text">{pay.terms}</span>],
              ["Seats", seatsWords(campaign.seats)],
              [
                "Who may apply",
                campaign.access === "open"
                  ? "Everybody who qualifies"
                  : "Those who qualify and for whom it is unlocked",
              ],
            ]}
          />
        </Card>
        <Card title="An agent qualifies who">
          {lines.length === 0 ? (
            <p class="quiet">is in the pool: nothing else is asked.</p>
          ) : (
            <ul class="campaign-lines">
              {lines.map(({ text, depth, head, barred }) => (
                <li
                  key={`${depth} ${text}`}
                  class={head ? "campaign-line-head" : barred ? "campaign-line-barred" : undefined}
                  style={{ "--depth": depth }}
                >
                  {!head && <Icon name={barred ? "x" : "check"} size={14} />}
                  <span>{text}</span>
                </li>
              ))}
            </ul>
          )}
        </Card>
      </div>
    </div>
  );
}
