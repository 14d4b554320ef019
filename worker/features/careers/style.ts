import apply from "../../../web/careers/apply.css";
import careers from "../../../web/careers/careers.css";
import jobs from "../../../web/careers/jobs.css";
import base from "../../../web/ui/base.css";
import button from "../../../web/ui/button.css";
import field from "../../../web/ui/field.css";
import tokens from "../../../web/ui/tokens.css";

/** A style sheet without what only its authors and the team's screens need. */
export function small(css: string): string {
  return (
    css
      .replace(/\/\*[\s\S]*?\*\//g, "")
      .replace(/\s+/g, " ")
      .replace(/\s*([{};,])\s*/g, "$1")
      // Rules of the other mood alone: public pages never have it.
      .replace(/(?<=[{};])\[data-mood="ats"\][^{},]*\{[^{}]*\}/g, "")
      .replace(/;}/g, "}")
      .trim()
  );
}

/** The style of public pages with forms. It stands in the page: nothing has to be fetched before it is read. */
export const PUBLIC_STYLE = small([tokens, base, button, field, careers].join("\n"));

/** The style of the list of jobs and of a job, which are to be read at the first answer. */
export const JOBS_STYLE = small([tokens, base, button, careers, jobs].join("\n"));

/** The style of the page on which one applies, and of those after it. */
export const APPLY_STYLE = small([tokens, base, button, field, careers, apply].join("\n"));
