import type { Eligibility } from "../../worker/features/eligibility/schema";
import { Icon, Popover, StatusPill } from "../ui";

/** Whether somebody meets what is asked, and on a click what is missing. */
export function EligibilityMark({ name, eligibility }: { name: string; eligibility: Eligibility | null }) {
  if (!eligibility) return null;
  if (eligibility.eligible) return <StatusPill tone="good">Qualifies</StatusPill>;
  const { missing } = eligibility;
  const [only] = missing;
  return (
    <span class="campaign-lacks">
      <Popover
        label={`What ${name} lacks`}
        align="start"
        width="20rem"
        trigger={
          <button type="button" class="pill pill-warn campaign-lacks-button">
            <Icon name="triangle-alert" size={14} />
            Lacks {missing.length}
            <span class="sr-only"> of what is asked: {name}</span>
          </button>
        }
      >
        <ul class="campaign-lacks-list">
          {missing.map(({ text }) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      </Popover>
      {only && (
        <span class="campaign-lacks-first" title={missing.map(({ text }) => text).join("\n")}>
          {only.text}
        </span>
      )}
    </span>
  );
}
