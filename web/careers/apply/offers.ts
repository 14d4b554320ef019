import { button, make, say } from "./dom";
import { Refused, type ServerDraft } from "./draft";
import { suggestion } from "./email";
import { type Field, mark, problemWith, valuesOf } from "./fields";
import type { Memory } from "./memory";

/** Offers the address that was probably meant. */
export function suggest({ root, controls }: Field, changed: () => void): void {
  root.querySelector(".suggest")?.remove();
  const input = controls[0];
  const better = input ? suggestion(input.value) : null;
  if (!input || better === null) return;
  const use = button("button-plain button-s", make("bdi", {}, better), () => {
    // The focus goes first: a button that is taken away under it would lose it to nothing.
    input.focus();
    input.value = better;
    input.dispatchEvent(new Event("input", { bubbles: true }));
    root.querySelector(".suggest")?.remove();
    changed();
  });
  root.append(make("p", { class: "suggest" }, "Did you mean ", use, "?"));
  say(`Did you mean ${better}?`);
}

/** One can apply without a CV at hand. */
export function withoutCv(root: HTMLElement | undefined, go: () => void): { gone: () => void } {
  const line = make("p", { class: "later" }, button("button-plain", "Go on without a CV", go));
  root?.querySelector(".part-body")?.append(line);
  return { gone: () => line.remove() };
}

/** By a mailed link one goes on with another device. */
export function later(form: HTMLFormElement, fields: readonly Field[], draft: ServerDraft): void {
  const line = form.querySelector<HTMLElement>("[data-later]");
  const email = fields.find(({ name }) => name === "email");
  if (!line || !email) return;
  line.hidden = false;
  const answer = make("span", { class: "quiet", role: "status" });
  line.append(answer);
  line.querySelector("[data-mail]")?.addEventListener("click", () => {
    const problem = problemWith(email);
    if (problem !== null) {
      mark(email, problem);
      email.controls[0]?.focus();
      return;
    }
    const to = valuesOf(email)[0] ?? "";
    answer.textContent = "Sending …";
    draft.mail(to).then(
      () => {
        answer.textContent = `A link is on its way to ${to}. It works for two weeks.`;
      },
      (error: unknown) => {
        const said = error instanceof Refused ? error.message : "";
        answer.textContent = said || "That didn’t go through. Try again in a moment.";
      },
    );
  });
}

/** On a shared computer the next person begins with nothing. */
export function afresh(memory: Memory, draft: ServerDraft): void {
  document.querySelector("[data-afresh]")?.addEventListener("click", (event) => {
    event.preventDefault();
    draft.end();
    memory.forget();
    const query = new URLSearchParams(location.search);
    query.delete("draft");
    location.replace(`${location.pathname}${query.size > 0 ? `?${query}` : ""}`);
  });
}
