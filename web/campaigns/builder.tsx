import "./builder.css";
import type { RequirementWords } from "../../worker/features/campaigns/schema";
import { Select } from "../ui";
import { useBuilderDesk } from "./builder-desk";
import { AddMenu, Parts } from "./builder-parts";
import type { Group, Join } from "./requirement-tree";
import { JOIN_CHOICES } from "./requirement-words";

export interface BuilderProps {
  tree: Group;
  words: RequirementWords;
  /** What has to be mended, by row; shown once somebody tried to save. */
  faults: ReadonlyMap<string, string>;
  onTree: (tree: Group) => void;
}

/** Requirements as rows that read as sentences, in groups one inside another. */
export function Builder({ tree, words, faults, onTree }: BuilderProps) {
  const { desk, root } = useBuilderDesk(tree, words, faults, onTree);
  const empty = tree.parts.length === 0;
  return (
    <div class="req-builder" ref={root}>
      <div class="req-group" data-req={tree.id}>
        <div class="req-sentence req-lead">
          <span>An agent qualifies who meets</span>
          <Select
            label="How many of the requirements must hold"
            hideLabel
            value={tree.join}
            options={JOIN_CHOICES}
            onValue={(join) => desk.join(tree.id, join as Join)}
          />
        </div>
        {empty ? (
          <p class="quiet req-nothing">Nothing is asked yet, so every agent of the pool qualifies.</p>
        ) : (
          <Parts desk={desk} group={tree} />
        )}
        <div class="req-foot">
          <AddMenu desk={desk} group={tree} />
        </div>
      </div>
    </div>
  );
}
