import { HIDDEN_FIELDS } from "../../../worker/features/apply/words";
import { make, say } from "./dom";
import { type Field, labelOf, mark, valuesOf } from "./fields";
import { splitName } from "./names";

/** What was read from a CV, as far as anything was. */
export interface Read {
  name?: string | null | undefined;
  email?: string | null | undefined;
  phone?: string | null | undefined;
  links: readonly string[];
}

/** The texts that a CV gives the fields of the form. */
export function textsOf({ name, email, phone, links }: Read): Record<string, string> {
  return {
    ...(name ? splitName(name) : {}),
    ...(email ? { email } : {}),
    ...(phone ? { phone } : {}),
    ...(links.length > 0 ? { [HIDDEN_FIELDS.links]: links.join("\n") } : {}),
  };
}

/** Fills empty fields with what was read, and says of each where it comes from. What is written stays. */
export function prefill(fields: readonly Field[], read: Read | null): void {
  const texts = read ? textsOf(read) : {};
  // First and last name belong together: half of one's own and half of a guess is nobody's name.
  const named = fields.some(({ name }, _, all) => /^(?:first|last)Name$/.test(name) && isFilled(all, name));
  const filled: string[] = [];
  for (const field of fields) {
    const text = texts[field.name];
    const control = field.controls[0];
    if (!text || !control || valuesOf(field).length > 0) continue;
    if (named && /Name$/.test(field.name)) continue;
    control.value = text;
    mark(field, null);
    note(field, control);
    filled.push(labelOf(field));
  }
  if (filled.length === 0) return;
  say(`From your CV, please check: ${filled.join(", ")}.`);
  document.querySelector(".from-cv-all")?.remove();
  const words = make(
    "p",
    { class: "from-cv from-cv-all" },
    "Filled in from your CV. Please check what is marked.",
  );
  fields
    .find(({ name }) => name === "firstName")
    ?.root.closest(".part-body")
    ?.prepend(words);
}

function isFilled(fields: readonly Field[], name: string): boolean {
  const field = fields.find((one) => one.name === name);
  return field !== undefined && valuesOf(field).length > 0;
}

/** Stands at the field until its person changes it. */
function note({ name, root }: Field, control: HTMLElement): void {
  const id = `f-${name}-read`;
  document.getElementById(id)?.remove();
  root.append(make("p", { class: "from-cv", id }, "From your CV"));
  const ids = (control.getAttribute("aria-describedby") ?? "").split(" ").filter((one) => one && one !== id);
  control.setAttribute("aria-describedby", [...ids, id].join(" "));
  control.addEventListener(
    "input",
    () => {
      document.getElementById(id)?.remove();
      const rest = (control.getAttribute("aria-describedby") ?? "").split(" ").filter((one) => one !== id);
      if (rest.length > 0) control.setAttribute("aria-describedby", rest.join(" "));
      else control.removeAttribute("aria-describedby");
    },
    { once: true },
  );
}
