import apply from "../../../web/careers/apply.css";
import careers from "../../../web/careers/careers.css";
import jobs from "../../../web/careers/jobs.css";
import status from "../../../web/careers/status.css";
import base from "../../../web/ui/base.css";
import button from "../../../web/ui/button.css";
import field from "../../../web/ui/field.css";
import tokens from "../../../web/ui/tokens.css";

/** Rules of the team's own mood and theme: public pages have neither. */
const TEAMS = String.raw`\[data-(?:mood="ats"|theme=)`;
/** Buttons that neither a list of jobs nor a job has. */
const OTHER_BUTTONS = String.raw`\.(?:button-(?:s|full|plain|danger|icon|count)\b|spinner)|:disabled|\[aria-busy|@keyframes turn`;

/**
 * A style sheet without what only its authors need.
 * @param unused what marks the selector of a rule that is never met here, as a regular expression
 */
export function small(css: string, unused: string = TEAMS): string {
  const rule = new RegExp(`(?<=[{};])[^{};]*(?:${unused})[^{};]*\\{(?:[^{}]*|to\\{[^{}]*\\})\\}`, "g");
  return css
    .replace(/\/\*[\s\S]*?\*\//g, "")
    .replace(/\s+/g, " ")
    .replace(/\s*([{};,])\s*/g, "$1")
    .replace(rule, "")
    .replace(/@media[^{}]*\{\}/g, "")
    .replace(/;}/g, "}")
    .trim();
}

/** The style of public pages with forms. It stands in the page: nothing has to be fetched before it is read. */
export const PUBLIC_STYLE = small([tokens, base, button, field, careers].join("\n"));

/** The style of the list of jobs and of a job, which are to be read at the first answer. */
export const JOBS_STYLE = small(
  [tokens, base, button, careers, jobs].join("\n"),
  `${TEAMS}|${OTHER_BUTTONS}`,
);

/** The style of the pages behind personal links. */
export const STATUS_STYLE = small([tokens, base, button, careers, status].join("\n"), TEAMS);

/** What the page on which one applies has not: its markup is its own, and nothing in it is ever disabled. */
const OTHER_FIELDS = String.raw`\.(?:button-(?:full|danger|icon|count)\b|spinner|field-error \.icon|control-|checkbox|tick|num|stack|row|spread)|:disabled|:read-only|\[aria-(?:busy|expanded|pressed)|@keyframes turn|search-cancel|:has\(\.button|h3,h4|\bcode,kbd|\bhr\b|time\[title`;

/** The style of the page on which one applies, and of those after it. */
export const APPLY_STYLE = small(
  [tokens, base, button, field, careers, apply].join("\n"),
  `${TEAMS}|${OTHER_FIELDS}`,
);
