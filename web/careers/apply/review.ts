import { make } from "./dom";
import { type Field, labelOf, valuesOf } from "./fields";

/** Shows once more what is about to be sent. What was left empty isn't said. */
export function review(place: HTMLElement, fields: readonly Field[]): void {
  const rows = fields.flatMap((field) => {
    const words = wordsOf(field);
    if (words === "") return [];
    return [
      make("div", {}, make("dt", { dir: "auto" }, labelOf(field)), make("dd", {}, make("bdi", {}, words))),
    ];
  });
  place.hidden = rows.length === 0;
  place.replaceChildren(make("h3", {}, "What you send"), make("dl", { class: "review" }, ...rows));
}

/** An answer as people read it: the words of a choice and not its value. */
function wordsOf(field: Field): string {
  const { asked, controls } = field;
  const values = valuesOf(field);
  if (asked.kind === "consent") return values.length > 0 ? "Agreed" : "";
  const day = asked.kind === "date" ? (controls[0] as HTMLInputElement | undefined)?.valueAsDate : null;
  if (day) return day.toLocaleDateString(undefined, { dateStyle: "long", timeZone: "UTC" });
  if (asked.kind !== "choice") return values.join("\n");
  const labels = controls.flatMap((control) => {
    if (control instanceof HTMLSelectElement) {
      return control.value === "" ? [] : [control.selectedOptions[0]?.textContent ?? ""];
    }
    const { checked } = control as HTMLInputElement;
    return checked ? [control.closest("label")?.textContent?.trim() ?? ""] : [];
  });
  return labels.join(", ");
}
