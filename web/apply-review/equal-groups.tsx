import type { EqualOpportunitySums } from "../../worker/features/apply/schema";
import { Bars } from "../home/bars";

interface EqualGroupsProps {
  sums: EqualOpportunitySums;
  /** That of a question: one level below what stands over them. */
  heading: "h2" | "h3";
}

/** What people said of themselves for statistics alone, in groups that are large enough. */
export function EqualGroups({ sums, heading: Heading }: EqualGroupsProps) {
  return (
    <>
      <p class="applying-words">
        Answers are voluntary. They are never shown with a person, and groups of fewer than {sums.smallest}{" "}
        stay hidden, also those that could be worked out from the others.
      </p>
      <div class="equal">
        {sums.questions.map((question) => (
          <section key={question.key} class="equal-question">
            <Heading>{question.label}</Heading>
            <Bars
              caption={`${question.label}: how many gave each answer`}
              label="Answer"
              unit="People"
              empty="Too few answers to show."
              rows={
                question.groups.some(({ count }) => count !== null)
                  ? question.groups.map(({ value, label, count }) => ({
                      key: value,
                      label,
                      value: count ?? 0,
                      text: count === null ? "hidden" : count.toLocaleString("en"),
                    }))
                  : []
              }
            />
            {question.answered !== null && (
              <p class="quiet num">{question.answered.toLocaleString("en")} answered</p>
            )}
          </section>
        ))}
      </div>
    </>
  );
}
