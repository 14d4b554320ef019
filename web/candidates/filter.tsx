import type { Candidate } from "../../worker/features/candidates/schema";
import { Button, Popover, Tag, TagField } from "../ui";

/** Which candidates the list shows; skills stand with commas between them. */
export type Filters = { q: string; status: string; skills: string; tag: string };
export const NO_FILTERS: Filters = { q: "", status: "", skills: "", tag: "" };

/** How many of the filters are set. */
export function filterCount(filters: Filters): number {
  return Object.values(filters).filter(Boolean).length;
}

const listOf = (skills: string) => skills.split(",").filter(Boolean);

export interface FilterMenuProps {
  filters: Filters;
  /** Rows that are shown, whose skills and tags are offered. */
  rows: readonly Candidate[];
  onFilter: (change: Partial<Filters>) => void;
}

/** Skills that people must have, and a tag. */
export function FilterMenu({ filters, rows, onFilter }: FilterMenuProps) {
  const active = (filters.skills ? 1 : 0) + (filters.tag ? 1 : 0);
  const words = (of: "skills" | "tags") => [...new Set(rows.flatMap((row) => row[of]))].sort().slice(0, 100);
  return (
    <Popover
      label="Filter"
      align="start"
      width="18rem"
      trigger={
        <Button icon="funnel" aria-label={active ? `Filter, ${active} set` : undefined}>
          Filter
          {active > 0 && <span class="filter-count num">{active}</span>}
        </Button>
      }
    >
      <div class="filter stack">
        <TagField
          label="Skills"
          hint="People who have all of them. Enter adds one."
          values={listOf(filters.skills)}
          suggestions={words("skills")}
          onValues={(values) => onFilter({ skills: values.join(",") })}
        />
        <TagChoice value={filters.tag} suggestions={words("tags")} onValue={(tag) => onFilter({ tag })} />
      </div>
    </Popover>
  );
}

interface TagChoiceProps {
  value: string;
  suggestions: readonly string[];
  onValue: (tag: string) => void;
}

function TagChoice({ value, suggestions, onValue }: TagChoiceProps) {
  return (
    <TagField
      label="Tag"
      values={value ? [value] : []}
      suggestions={suggestions}
      onValues={(values) => onValue(values.at(-1) ?? "")}
    />
  );
}

/** The filters that are set, each with what takes it off. */
export function FilterTags({ filters, onFilter }: Omit<FilterMenuProps, "rows">) {
  const skills = listOf(filters.skills);
  if (skills.length === 0 && !filters.tag) return null;
  return (
    <div class="row list-tags" role="group" aria-label="Filters that are set">
      {skills.map((skill) => (
        <Tag
          key={skill}
          onRemove={() => onFilter({ skills: skills.filter((other) => other !== skill).join(",") })}
        >
          {skill}
        </Tag>
      ))}
      {filters.tag && <Tag onRemove={() => onFilter({ tag: "" })}>{`Tag: ${filters.tag}`}</Tag>}
    </div>
  );
}
