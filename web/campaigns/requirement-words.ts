import type { RequirementWords } from "../../worker/features/campaigns/schema";
import type { Requirement, RequirementKind, RequirementLeaf } from "../../worker/features/eligibility/schema";
import {
  countryName,
  LANGUAGE_LEVELS,
  languageName,
  levelWords,
} from "../../worker/features/eligibility/words";
import type { IconName } from "../ui";
import type { Join } from "./requirement-tree";

/** What can be asked, as one chooses it from the menu. */
export const KINDS: readonly { kind: RequirementKind; label: string; icon: IconName }[] = [
  { kind: "stage", label: "Stage of the pool", icon: "square-kanban" },
  { kind: "document", label: "Document", icon: "file-check" },
  { kind: "evaluation", label: "Evaluation", icon: "chart-no-axes-column" },
  { kind: "onboarding", label: "Onboarding", icon: "list-todo" },
  { kind: "skill", label: "Skill", icon: "star" },
  { kind: "language", label: "Language", icon: "message-square" },
  { kind: "location", label: "Country", icon: "map-pin" },
  { kind: "tag", label: "Tag", icon: "tag" },
];
export const KIND_ICONS = Object.fromEntries(KINDS.map(({ kind, icon }) => [kind, icon])) as Record<
  RequirementKind,
  IconName
>;

export const KIND_LABELS = Object.fromEntries(KINDS.map(({ kind, label }) => [kind, label])) as Record<
  RequirementKind,
  string
>;

export const JOIN_WORDS: Record<Join, string> = {
  all: "all of these",
  any: "any of these",
  none: "none of these",
};

export const JOIN_CHOICES = (["all", "any", "none"] as const).map((value) => ({
  value,
  label: JOIN_WORDS[value],
}));

/** The levels of a language, to choose from. */
export const LEVELS = LANGUAGE_LEVELS.map((value) => ({
  value,
  label: levelWords(value).trim(),
}));

const CODES =
  "ar bg bn ca cs da de el en es et fa fi fr gu he hi hr hu hy id is it ja ka kk km kn ko lt lv mk ml mn mr ms my nb ne nl no pa pl ps pt ro ru sk sl sq sr sv sw ta te th tl tr uk ur uz vi zh".split(
    " ",
  );
/** Languages with their names, by those. */
export function languages(): { value: string; label: string }[] {
  return CODES.map((value) => ({ value, label: languageName(value) })).sort((one, other) =>
    one.label.localeCompare(other.label),
  );
}

/** What a requirement asks, as the end of the sentence "An agent who ...". */
export function leafWords(leaf: RequirementLeaf, words: RequirementWords | undefined): string {
  const age = "maxAgeDays" in leaf && leaf.maxAgeDays ? `, at most ${days(leaf.maxAgeDays)} old` : "";
  switch (leaf.kind) {
    case "stage":
      return `stands in ${nameOf(words?.stages, leaf.min)} or later`;
    case "document":
      return `has an approved ${nameOf(words?.documentTypes, leaf.type)}${age}`;
    case "evaluation":
      return `has ${leaf.minScore} or more in ${nameOf(words?.evaluationTypes, leaf.type)}${age}`;
    case "onboarding": {
      if (leaf.step === undefined) return "has finished the onboarding";
      const step = words?.steps.find(({ id, key }) => id === leaf.step || key === leaf.step);
      return `has completed the step ${step?.title ?? leaf.step}`;
    }
    case "skill":
      return `has the skill ${leaf.name}`;
    case "language":
      return `speaks ${languageName(leaf.code)}${levelWords(leaf.level)}`;
    case "location":
      return `lives in ${countryName(leaf.country)}`;
    case "tag":
      return `is tagged ${leaf.name}`;
  }
}

const days = (count: number) => (count === 1 ? "1 day" : `${count.toLocaleString()} days`);
const nameOf = (list: readonly { key: string; name: string }[] | undefined, key: string) =>
  list?.find((one) => one.key === key)?.name ?? key;

/** A requirement as lines, each as deep as the groups around it. */
export interface Line {
  text: string;
  depth: number;
  /** Stands over the lines that follow deeper. */
  head: boolean;
  /** Is one of those that must not hold. */
  barred: boolean;
}

/** Requirements as one reads them, a line each; the outermost group needs no line where it means all. */
export function linesOf(requirement: Requirement, words: RequirementWords | undefined): Line[] {
  const lines: Line[] = [];
  const write = (one: Requirement, depth: number, barred: boolean) => {
    if ("kind" in one) return void lines.push({ text: leafWords(one, words), depth, head: false, barred });
    const [join, parts]: [Join, Requirement[]] =
      "all" in one ? ["all", one.all] : "any" in one ? ["any", one.any] : ["none", one.none];
    if (parts.length === 0) return;
    const plain = depth === 0 && join === "all";
    if (!plain) lines.push({ text: `meets ${JOIN_WORDS[join]}:`, depth, head: true, barred });
    for (const part of parts) write(part, plain ? 0 : depth + 1, join === "none");
  };
  write(requirement, 0, false);
  return lines;
}
