import { EMPLOYMENT_TYPES, type EmploymentType } from "../../worker/features/jobs/words";
import { EMPLOYMENT_WORDS } from "../jobs/words";

/** What a list is narrowed by; null where it isn't. */
export interface ListFilter {
  q: string | null;
  department: string | null;
  location: string | null;
  type: EmploymentType | null;
  remote: boolean;
}

/** What there is to narrow by. */
export interface Choices {
  departments: string[];
  locations: string[];
  types: EmploymentType[];
  remote: boolean;
}

export const isNarrowed = ({ q, department, location, type, remote }: ListFilter): boolean =>
  Boolean(q || department || location || type || remote);

interface Props {
  filter: ListFilter;
  choices: Choices;
  action: string;
  source: string | null;
}

/** Finds jobs by words and by what they are; a plain form, so that it works wherever a page does. */
export function Search({ filter, choices, action, source }: Props) {
  const types = EMPLOYMENT_TYPES.filter((type) => choices.types.includes(type));
  return (
    <search>
      <form class="find" action={action}>
        <div class="find-words">
          {source !== null && <input type="hidden" name="source" value={source} />}
          <label for="q">Find a job</label>
          <input
            id="q"
            type="search"
            name="q"
            value={filter.q ?? ""}
            placeholder="Title, place or skill"
            maxLength={100}
            enterkeyhint="search"
          />
        </div>
        <Choice
          name="location"
          label="Location"
          all="Everywhere"
          values={choices.locations}
          chosen={filter.location}
        />
        <Choice
          name="department"
          label="Department"
          all="All"
          values={choices.departments}
          chosen={filter.department}
        />
        <Choice
          name="type"
          label="Type"
          all="All"
          values={types}
          chosen={filter.type}
          words={(type) => EMPLOYMENT_WORDS[type as EmploymentType]}
        />
        {(choices.remote || filter.remote) && (
          <label class="find-tick">
            <input type="checkbox" name="remote" value="yes" checked={filter.remote} /> Remote only
          </label>
        )}
        <button class="button button-primary" type="submit">
          Show jobs
        </button>
      </form>
    </search>
  );
}

interface ChoiceProps {
  name: string;
  label: string;
  /** Stands first and narrows by nothing. */
  all: string;
  values: readonly string[];
  chosen: string | null;
  words?: (value: string) => string;
}

/** One of a list; left out where there is nothing to choose between. */
function Choice({ name, label, all, values, chosen, words = (value) => value }: ChoiceProps) {
  const shown = chosen === null || values.includes(chosen) ? values : [chosen, ...values];
  if (shown.length < 2 && chosen === null) return null;
  return (
    <div class="find-choice">
      <label for={name}>{label}</label>
      <select id={name} name={name}>
        <option value="">{all}</option>
        {shown.map((value) => (
          <option key={value} value={value} selected={value === chosen}>
            {words(value)}
          </option>
        ))}
      </select>
    </div>
  );
}
