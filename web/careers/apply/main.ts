/** Makes the page on which one applies quicker to fill in. It works without; whatever fails here, the form sends. */

import { HIDDEN_FIELDS } from "../../../worker/features/apply/words";
import { dataOf } from "./data";
import { say } from "./dom";
import { ServerDraft } from "./draft";
import { type Field, fieldsOf, isMarked, mark, problemWith, valuesOf } from "./fields";
import { uploadFiles } from "./files";
import { Memory } from "./memory";
import { afresh, later, suggest, withoutCv } from "./offers";
import { openAsOneGoes, partsOf } from "./parts";
import { prefill } from "./prefill";
import { goTo, listProblems, unsent } from "./problems";
import { proofFor } from "./proof";
import { review } from "./review";
import { send } from "./send";
import { counter } from "./steps";

/** Takes up what was begun in this browser, then makes the form quicker. */
async function start(form: HTMLFormElement): Promise<void> {
  const memory = new Memory(form.dataset.org ?? "", form.dataset.job ?? "");
  const token = hidden(form, HIDDEN_FIELDS.draft).value;
  const remembered = token === "" ? memory.read() : null;
  const taken = remembered === null ? null : await takeUp(remembered).catch(() => null);
  if (remembered !== null && taken === null) memory.forget();
  begin(taken ?? form, memory);
}

/** Puts the server's page with what was filled in before in place of the empty one. */
async function takeUp(token: string): Promise<HTMLFormElement | null> {
  const query = new URLSearchParams(location.search);
  query.set("draft", token);
  const answer = await fetch(`${location.pathname}?${query}`);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const next = page.querySelector<HTMLFormElement>("form.apply");
  if (!answer.ok || !next || hidden(next, HIDDEN_FIELDS.draft).value === "") return null;
  return showPage(page);
}

function showPage(page: Document): HTMLFormElement | null {
  const main = page.querySelector("main");
  const here = document.querySelector("main");
  if (main && here) here.replaceChildren(...document.importNode(main, true).childNodes);
  document.title = page.title;
  return document.querySelector<HTMLFormElement>("form.apply");
}

function begin(form: HTMLFormElement, memory: Memory): void {
  const { org = "", job = "" } = form.dataset;
  const fields = fieldsOf(form);
  const draftField = hidden(form, HIDDEN_FIELDS.draft);
  const draft = new ServerDraft(
    { org, job, formVersion: Number(hidden(form, HIDDEN_FIELDS.version).value) },
    () => dataOf(form, fields),
    (token) => {
      draftField.value = token;
      memory.write(token);
    },
    draftField.value || null,
  );
  if (draft.token !== null) memory.write(draft.token);

  const step = counter(org, job);
  step("viewed");
  const parts = partsOf(form, fields);
  const opening = openAsOneGoes(parts, (name) => {
    if (name === "review") step("review");
    if (name === "about") skip.gone();
  });
  const skip = withoutCv(parts.find(({ name }) => name === "cv")?.root, () => opening.open("about", true));
  const place = form.querySelector<HTMLElement>("[data-review]");
  const changed = () => {
    opening.advance();
    for (const part of parts) {
      const done = part.fields.length > 0 && part.fields.every((field) => problemWith(field) === null);
      const filled = part.fields.some((field) => valuesOf(field).length > 0);
      if (done && filled && (part.name === "about" || part.name === "questions")) step(part.name);
    }
    if (place && opening.isOpen("review")) review(place, fields);
  };
  const files = fields.filter(({ asked }) => asked.kind === "file");
  const uploads = uploadFiles(
    files,
    draft,
    (field, added) => {
      if (field.name !== "cv") return;
      step("cv");
      opening.open("about");
      prefill(fields, added.read);
      draft.soon();
    },
    changed,
  );

  let proof: Promise<void> | null = null;
  const started = () => {
    step("started");
    proof ??= proofFor(hidden(form, HIDDEN_FIELDS.stamp).value).then((number) => {
      hidden(form, HIDDEN_FIELDS.proof).value = number ?? "";
    });
  };
  form.addEventListener("focusin", started, { once: true });
  form.addEventListener("input", (event) => {
    started();
    const field = fieldOf(fields, event.target);
    if (field && isMarked(field) && problemWith(field) === null) mark(field, null);
    if (field?.asked.kind !== "file") draft.soon();
    changed();
  });
  form.addEventListener("focusout", ({ target, relatedTarget }) => {
    const field = fieldOf(fields, target);
    if (!field || field.asked.kind === "file") return;
    if (relatedTarget instanceof Node && field.root.contains(relatedTarget)) return;
    // What is still empty is no mistake before it is sent.
    if (valuesOf(field).length > 0) mark(field, problemWith(field));
    if (field.name === "email") suggest(field, changed);
  });

  later(form, fields, draft);
  afresh(memory, draft);
  if (fields.some((field) => isMarked(field)) || draft.token !== null) opening.openAll();
  changed();

  let sending = false;
  form.addEventListener("submit", (event) => {
    const { submitter } = event as SubmitEvent;
    // The script takes out files itself; without it this button sends the form.
    if (submitter instanceof HTMLButtonElement && submitter.value.startsWith("remove:")) return;
    event.preventDefault();
    if (sending) return;
    opening.openAll();
    if (listProblems(form, fields)) return;
    sending = true;
    void sendAll().catch(() => {
      leaving.abort();
      HTMLFormElement.prototype.submit.call(form);
    });
  });

  const sendAll = async () => {
    const sender = form.querySelector<HTMLButtonElement>("[data-send]");
    const words = sender?.textContent ?? "";
    const tell = (now: string) => {
      if (sender) sender.textContent = now;
    };
    sender?.setAttribute("aria-disabled", "true");
    tell(uploads.busy() ? "Waiting for your files …" : "Sending …");
    say("Your application is being sent.");
    await uploads.settled();
    const ready = Promise.all([proof, draft.rest()]);
    await Promise.race([ready, new Promise((resolve) => setTimeout(resolve, 3000))]);
    if (files.some((field) => isMarked(field))) {
      tell(words);
      sender?.removeAttribute("aria-disabled");
      sending = false;
      goTo((files.find((field) => isMarked(field)) as Field).root);
      return;
    }
    const outcome = await send(form, (part) =>
      tell(part < 1 ? `Sending, ${Math.floor(part * 100)} %` : "Sending …"),
    );
    if (outcome.kind === "moved") {
      draft.end();
      memory.forget();
      leaving.abort();
      location.assign(outcome.to);
      return;
    }
    if (outcome.kind === "page") {
      leaving.abort();
      if (outcome.status === 409 || outcome.status === 410) {
        draft.end();
        memory.forget();
      }
      const next = showPage(outcome.page);
      if (next) begin(next, memory);
      const first =
        document.querySelector<HTMLElement>("#problems") ?? document.querySelector<HTMLElement>("h1");
      first?.setAttribute("tabindex", "-1");
      if (first) goTo(first);
      return;
    }
    sending = false;
    tell(words);
    sender?.removeAttribute("aria-disabled");
    unsent(form);
    draft.soon();
  };

  const leaving = new AbortController();
  const { signal } = leaving;
  addEventListener("pagehide", () => draft.flush(), { signal });
  document.addEventListener("visibilitychange", () => document.hidden && draft.flush(), { signal });
  addEventListener(
    "beforeunload",
    (event) => {
      if (uploads.busy() || (draft.token === null && draft.unsaved)) event.preventDefault();
    },
    { signal },
  );
}

const hidden = (form: HTMLFormElement, name: string) =>
  form.querySelector(`input[name="${name}"]`) as HTMLInputElement;

const fieldOf = (fields: readonly Field[], target: EventTarget | null) =>
  fields.find(({ root }) => target instanceof Node && root.contains(target));

const found = document.querySelector<HTMLFormElement>("form.apply");
if (found) void start(found);
