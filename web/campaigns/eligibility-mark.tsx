import { useContext } from "preact/hooks";
import type { Eligibility } from "../../worker/features/eligibility/schema";
import { lackWords } from "../../worker/features/eligibility/words";
import { Icon, Popover, StatusPill } from "../ui";
import { Lacks, Names } from "./lacks";

/** Whether somebody meets what is asked, and on a click what is missing. */
export function EligibilityMark({ name, eligibility }: { name: string; eligibility: Eligibility | null }) {
  const names = useContext(Names);
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
        <Lacks missing={missing} class="campaign-lacks-list" />
      </Popover>
      {only && names && (
        <span class="campaign-lacks-first" title={missing.map((one) => lackWords(one, names)).join("\n")}>
          {lackWords(only, names)}
        </span>
      )}
    </span>
  );
}
