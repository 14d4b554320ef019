import { make } from "./dom";
import { type Field, labelOf, mark, problemWith } from "./fields";
import { titled } from "./words";

/**
 * Marks all that is wrong, lists it above the form as the server would, and goes there. Answers whether
 * something is.
 */
export function listProblems(form: HTMLFormElement, fields: readonly Field[]): boolean {
  document.getElementById("problems")?.remove();
  const wrong = fields.flatMap((field) => {
    const problem = problemWith(field);
    mark(field, problem);
    return problem === null ? [] : [{ field, problem }];
  });
  if (wrong.length === 0) return false;
  const count = wrong.length === 1 ? "1 thing to mend" : `${wrong.length} things to mend`;
  const list = wrong.map(({ field, problem }) =>
    make("li", {}, make("a", { href: `#f-${field.name}`, dir: "auto" }, titled(labelOf(field), problem))),
  );
  const box = make(
    "section",
    { class: "problems", id: "problems", tabindex: "-1", "aria-labelledby": "problems-title" },
    make("h2", { id: "problems-title" }, `${count} before it can be sent`),
    make("ul", {}, ...list),
  );
  form.before(box);
  goTo(box);
  return true;
}

/** Brings something before people's eyes and ears. */
export function goTo(element: HTMLElement): void {
  element.focus({ preventScroll: true });
  element.scrollIntoView({ block: "start" });
}

/** Nothing arrived: everything is still here. */
export function unsent(form: HTMLFormElement): void {
  document.getElementById("problems")?.remove();
  const words = navigator.onLine
    ? "It didn’t go through: we couldn’t be reached."
    : "You are offline, so it didn’t go through.";
  const box = make(
    "section",
    { class: "problems", id: "problems", tabindex: "-1", role: "alert" },
    make("h2", {}, words),
    make("p", {}, "Nothing is lost. Everything you filled in is still here: send it again in a moment."),
  );
  form.before(box);
  goTo(box);
}
