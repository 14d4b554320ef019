import { useMemo } from "preact/hooks";
import type { OnboardingStep } from "../../worker/features/onboarding/schema";
import { countries } from "../agent/countries";
import { Banner, Button, IconButton, Select, TextField } from "../ui";
import {
  type Audience,
  audienceFaults,
  CONDITION_KINDS,
  type Condition,
  type ConditionKind,
  EVERYBODY,
} from "./applies-to";
import { PartError } from "./field-list";

const KINDS: Record<ConditionKind, string> = {
  location: "lives in",
  language: "speaks",
  skill: "knows",
  tag: "is tagged",
};

/** Languages that are spoken most, and those of the countries that people come from most. */
const LANGUAGES =
  "am ar bg bn cs da de el en es et fa fi fr he hi hr hu id it ja ko lt lv ms nl no pa pl pt ro ru sk sl so sr sv sw ta te th tl tr uk ur vi zh";

export interface AudienceFieldsProps {
  /** Null where it says more than can be built here. */
  audience: Audience | null;
  stored: OnboardingStep["appliesTo"];
  onAudience: (audience: Audience) => void;
  tried: boolean;
  error: string | undefined;
}

/** Whom a step is for: everybody, or those who meet all or any of some conditions. */
export function AudienceFields({ audience, stored, onAudience, tried, error }: AudienceFieldsProps) {
  if (!audience) {
    return (
      <Banner
        tone="info"
        role="none"
        action={
          <Button size="s" onClick={() => onAudience(EVERYBODY)}>
            Make it for everybody
          </Button>
        }
      >
        It is for agents who meet conditions that were set through the API. They stay as they are:
        <pre class="json">{JSON.stringify(stored, null, 2)}</pre>
      </Banner>
    );
  }
  const { mode, conditions } = audience;
  const faults = tried ? audienceFaults(audience) : new Map<number, string>();
  const set = (next: Condition[]) => onAudience({ mode, conditions: next });
  return (
    <fieldset class="audience">
      <legend class="field-label">Whom it is for</legend>
      {conditions.length === 0 && <p class="quiet">Everybody in onboarding does this step.</p>}
      {conditions.length > 1 && (
        <Select
          label="Only for agents who meet"
          value={mode}
          options={[
            { value: "all", label: "all of these conditions" },
            { value: "any", label: "any of these conditions" },
          ]}
          onValue={(next) => onAudience({ mode: next === "any" ? "any" : "all", conditions })}
        />
      )}
      {conditions.map((condition, at) => (
        <div key={at} class="condition">
          <Select
            label={`Condition ${at + 1}`}
            hideLabel
            value={condition.kind}
            options={CONDITION_KINDS.map((value) => ({ value, label: KINDS[value] }))}
            onValue={(kind) => set(conditions.with(at, { kind: kind as ConditionKind, value: "" }))}
          />
          <Value
            condition={condition}
            error={faults.get(at)}
            onValue={(value) => set(conditions.with(at, { ...condition, value }))}
          />
          <IconButton
            icon="x"
            size="s"
            label={`Remove condition ${at + 1}`}
            onClick={() => set(conditions.toSpliced(at, 1))}
          />
        </div>
      ))}
      <div class="row">
        <Button
          size="s"
          icon="plus"
          disabled={conditions.length >= 20}
          onClick={() => set([...conditions, { kind: "location", value: "" }])}
        >
          {conditions.length === 0 ? "Only for some" : "Add a condition"}
        </Button>
      </div>
      <PartError>{error}</PartError>
    </fieldset>
  );
}

interface ValueProps {
  condition: Condition;
  error: string | undefined;
  onValue: (value: string) => void;
}

function Value({ condition: { kind, value }, error, onValue }: ValueProps) {
  const options = useMemo(() => {
    if (kind === "location") return countries();
    if (kind !== "language") return [];
    const names = new Intl.DisplayNames(undefined, { type: "language" });
    const codes = LANGUAGES.split(" ");
    return (codes.includes(value) || value === "" ? codes : [...codes, value])
      .map((code) => ({ value: code, label: names.of(code) ?? code }))
      .sort((one, other) => one.label.localeCompare(other.label));
  }, [kind]);
  if (kind === "location" || kind === "language") {
    const label = kind === "location" ? "Country" : "Language";
    return (
      <Select
        label={label}
        hideLabel
        placeholder={`Choose a ${label.toLowerCase()}`}
        value={value}
        options={options}
        error={error}
        onValue={onValue}
      />
    );
  }
  return (
    <TextField
      label={kind === "skill" ? "Skill" : "Tag"}
      hideLabel
      placeholder={kind === "skill" ? "A skill" : "A tag"}
      value={value}
      maxLength={60}
      error={error}
      onValue={onValue}
    />
  );
}
