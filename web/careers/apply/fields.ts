import { HIDDEN_FIELDS } from "../../../worker/features/apply/words";
import { type Asked, problemOf } from "./checks";
import { make } from "./dom";

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** One question of the form with its controls. */
export interface Field {
  name: string;
  root: HTMLElement;
  controls: Control[];
  asked: Asked;
}

/** All questions of a form, in its order. */
export function fieldsOf(form: HTMLFormElement): Field[] {
  return [...form.querySelectorAll<HTMLElement>("[data-field]")].map((root) => {
    const name = root.dataset.field ?? "";
    const controls = [...root.querySelectorAll<Control>("input, textarea, select")];
    return { name, root, controls, asked: askedBy(root, name, controls) };
  });
}

function askedBy(root: HTMLElement, name: string, controls: Control[]): Asked {
  const first = controls[0];
  const label = root.querySelector(".field-label")?.firstChild?.textContent?.trim() ?? "";
  const required = controls.some((control) => control.required) || root.dataset.required !== undefined;
  const kind = (): Asked["kind"] => {
    if (root.dataset.file !== undefined) return "file";
    if (name === HIDDEN_FIELDS.links) return "links";
    if (first?.dataset.kind === "number") return "number";
    if (root.tagName === "FIELDSET" || first instanceof HTMLSelectElement) return "choice";
    switch (first?.type) {
      case "checkbox":
        return "consent";
      case "email":
        return "email";
      case "tel":
        return "phone";
      case "date":
        return "date";
      default:
        return "text";
    }
  };
  return { kind: kind(), required: required || first?.dataset.required !== undefined, label };
}

/** What a field says now. A file that is kept or chosen says its name. */
export function valuesOf({ asked, root, controls }: Field): string[] {
  if (asked.kind === "file") {
    const kept = root.querySelector(".kept-name")?.textContent?.trim();
    const chosen = (controls[0] as HTMLInputElement | undefined)?.files?.[0]?.name;
    return [chosen ?? kept ?? ""].filter(Boolean);
  }
  return controls
    .filter((control) => !/^(?:radio|checkbox)$/.test(control.type) || (control as HTMLInputElement).checked)
    .map(({ value }) => value)
    .filter((value) => value.trim() !== "");
}

export const problemWith = (field: Field): string | null => problemOf(field.asked, valuesOf(field));

/** Shows what is wrong beside a field, or nothing any more. */
export function mark({ name, root, controls }: Field, problem: string | null): void {
  const id = `f-${name}-error`;
  const there = document.getElementById(id);
  root.classList.toggle("field-wrong", problem !== null);
  if (problem === null) there?.remove();
  else if (there) there.textContent = problem;
  else root.append(make("p", { class: "field-error", id }, problem));
  const described = root.tagName === "FIELDSET" ? [root] : controls;
  for (const element of described) {
    const ids = new Set((element.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean));
    if (problem === null) ids.delete(id);
    else ids.add(id);
    if (ids.size > 0) element.setAttribute("aria-describedby", [...ids].join(" "));
    else element.removeAttribute("aria-describedby");
  }
  for (const control of controls) {
    if (problem === null) control.removeAttribute("aria-invalid");
    else control.setAttribute("aria-invalid", "true");
  }
}

export const isMarked = ({ root }: Field): boolean => root.classList.contains("field-wrong");

/** The field's name as people read it. */
export const labelOf = ({ asked, root }: Field): string =>
  asked.label || root.querySelector(".pick span")?.firstChild?.textContent?.trim() || "";
