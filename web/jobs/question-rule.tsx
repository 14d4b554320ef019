import { Checkbox, Icon, Select, TextField } from "../ui";
import { hasOptions, newRule, OPERATORS, optionsOf, type Question, type Rule } from "./question";

export interface QuestionRuleProps {
  question: Question;
  error: string | undefined;
  onRule: (rule: Rule | null) => void;
}

/** Which answers raise a flag. It says so where one sets it: a flag is shown, and decides nothing. */
export function QuestionRule({ question, error, onRule }: QuestionRuleProps) {
  const { type, rule } = question;
  const operators = OPERATORS[type];
  if (!operators) return null;
  return (
    <div class="question-rule">
      <Checkbox
        label="Flag some answers"
        hint="The team sees the flag beside the person. It rejects nobody: a human decides."
        checked={rule !== null}
        onChecked={(on) => onRule(on ? newRule(type) : null)}
      />
      {rule && (
        <div class="question-rule-set">
          <Icon name="flag" size={16} />
          <span class="question-rule-words">Flag an answer that</span>
          {operators.length > 1 ? (
            <Select
              label="How it is compared"
              hideLabel
              value={rule.operator}
              options={operators}
              onValue={(value) => onRule({ ...rule, operator: value as Rule["operator"] })}
            />
          ) : (
            <span class="question-rule-words">{operators[0]?.label}</span>
          )}
          <Compared question={question} rule={rule} error={error} onRule={onRule} />
        </div>
      )}
    </div>
  );
}

interface ComparedProps {
  question: Question;
  rule: Rule;
  error: string | undefined;
  onRule: (rule: Rule) => void;
}

function Compared({ question, rule, error, onRule }: ComparedProps) {
  const { type } = question;
  if (type === "yes_no") {
    return (
      <Select
        label="Which answer"
        hideLabel
        value={rule.text}
        options={[
          { value: "no", label: "No" },
          { value: "yes", label: "Yes" },
        ]}
        onValue={(text) => onRule({ ...rule, text })}
      />
    );
  }
  if (hasOptions(type)) {
    const options = [...new Set(optionsOf(question))];
    return (
      <fieldset class="question-rule-options">
        <legend class="sr-only">Which answers</legend>
        {options.length === 0 && <span class="quiet">Write the options first.</span>}
        {options.map((option) => (
          <Checkbox
            key={option}
            label={option}
            checked={rule.chosen.includes(option)}
            onChecked={(on) =>
              onRule({
                ...rule,
                chosen: on ? [...rule.chosen, option] : rule.chosen.filter((one) => one !== option),
              })
            }
          />
        ))}
        {error && options.length > 0 && <span class="question-fault">{error}</span>}
      </fieldset>
    );
  }
  const words = type === "text" || type === "long_text";
  return (
    <TextField
      label={words ? "Answers, with commas between them" : "Compared to"}
      hideLabel
      type={type === "date" ? "date" : "text"}
      inputMode={type === "number" ? "decimal" : "text"}
      placeholder={words ? "Answers, with commas between" : undefined}
      value={rule.text}
      error={error}
      onValue={(text) => onRule({ ...rule, text })}
    />
  );
}
