import type { Field } from "./fields";
import { problemWith } from "./fields";

/** One section of the page. */
export interface Part {
  name: string;
  root: HTMLElement;
  fields: Field[];
}

/** All sections with their fields. */
export function partsOf(form: HTMLFormElement, fields: readonly Field[]): Part[] {
  return [...form.querySelectorAll<HTMLElement>("[data-part]")].map((root) => ({
    name: root.dataset.part ?? "",
    root,
    fields: fields.filter((field) => root.contains(field.root)),
  }));
}

export interface Opening {
  /** Opens what comes after sections that are complete. */
  advance(): void;
  /** Opens the section of this name, and with `focus` goes to its first field. */
  open(name: string, focus?: boolean): void;
  openAll(): void;
  isOpen(name: string): boolean;
}

/** A section that nobody has to answer waits until somebody opens it. */
const VOLUNTARY = "equal";

/**
 * Closes all sections but the first, and opens them as one goes. Nothing closes again.
 * @param onOpen told once of each section that opens
 */
export function openAsOneGoes(parts: readonly Part[], onOpen: (name: string) => void): Opening {
  const closed = new Set<Part>();
  for (const part of parts.slice(1)) close(part);

  function close(part: Part): void {
    const body = part.root.querySelector<HTMLElement>(".part-body");
    const heading = part.root.querySelector("h2");
    if (!body || !heading) return;
    body.hidden = true;
    body.id = `part-${part.name}-body`;
    const opener = document.createElement("button");
    opener.type = "button";
    opener.className = "part-opener";
    opener.setAttribute("aria-expanded", "false");
    opener.setAttribute("aria-controls", body.id);
    opener.textContent = heading.textContent;
    opener.addEventListener("click", () => open(part, true));
    heading.replaceChildren(opener);
    part.root.classList.add("part-closed");
    closed.add(part);
  }

  function open(part: Part, focus = false): void {
    if (closed.delete(part)) {
      const body = part.root.querySelector<HTMLElement>(".part-body");
      const heading = part.root.querySelector("h2");
      part.root.classList.remove("part-closed");
      heading?.replaceChildren(heading.textContent ?? "");
      if (body) body.hidden = false;
      onOpen(part.name);
    }
    if (focus) part.root.querySelector<HTMLElement>("input, textarea, select, button")?.focus();
  }

  return {
    advance: () => {
      for (const [index, part] of parts.entries()) {
        if (part.name === VOLUNTARY) continue;
        const before = parts.slice(0, index).filter(({ name }) => name !== VOLUNTARY);
        const complete = before.every((one) => !closed.has(one) && one.fields.every(isDone));
        // One’s CV is nobody’s duty: what comes after it opens once it is there, or is gone past.
        if (index > 1 && complete) open(part);
      }
    },
    open: (name, focus) => {
      const part = parts.find((one) => one.name === name);
      if (part) open(part, focus);
    },
    openAll: () => {
      for (const part of [...closed]) open(part);
    },
    isOpen: (name) => parts.some((part) => part.name === name && !closed.has(part)),
  };
}

const isDone = (field: Field) => problemWith(field) === null;
