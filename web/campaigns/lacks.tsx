import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { RequirementWords } from "../../worker/features/campaigns/schema";
import type { Missing } from "../../worker/features/eligibility/schema";
import { lackWords } from "../../worker/features/eligibility/words";

/** What requirements name here; nothing while it is not known yet. */
export const Names = createContext<RequirementWords | undefined>(undefined);

export interface LacksProps {
  missing: readonly Missing[];
  class?: string;
}

/** What somebody lacks, a line each, in words for the team. */
export function Lacks({ missing, class: name }: LacksProps) {
  const names = useContext(Names);
  if (!names) return null;
  return (
    <ul class={name}>
      {missing.map((one) => (
        <li key={one.text}>{lackWords(one, names)}</li>
      ))}
    </ul>
  );
}
