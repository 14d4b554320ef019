import type { AddedDraftFile } from "../../../worker/features/apply/schema";
import { button, make, say } from "./dom";
import { Refused, type ServerDraft } from "./draft";
import { type Field, mark } from "./fields";
import { sizeWords } from "./words";

const MOST_BYTES = 10 * 1024 * 1024;
/** Uploads side by side; the others wait for their turn. */
const AT_ONCE = 3;

export interface Uploads {
  /** Resolves once no file is on its way. */
  settled(): Promise<void>;
  busy(): boolean;
}

/**
 * Files go up as soon as they are chosen, with their progress. One that broke off says so and can be sent
 * again; one that never arrives stays in the form and is sent with it.
 *
 * @param onAdded told of each file that is there, and what could be read from it
 */
export function uploadFiles(
  fields: readonly Field[],
  draft: ServerDraft,
  onAdded: (field: Field, added: AddedDraftFile) => void,
  onChange: () => void,
): Uploads {
  const running = new Set<Promise<void>>();
  const waiting: (() => void)[] = [];
  let active = 0;

  const turn = async () => {
    if (active >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
    active++;
  };
  const next = () => {
    active--;
    waiting.shift()?.();
  };

  for (const field of fields) {
    const input = field.controls[0];
    if (!(input instanceof HTMLInputElement)) continue;
    let stop: AbortController | null = null;

    const send = async (file: File) => {
      stop?.abort();
      const own = new AbortController();
      stop = own;
      mark(field, null);
      const { row, part } = progress(file, () => own.abort());
      replaceRow(field, row);
      input.hidden = true;
      try {
        await turn();
        try {
          if (own.signal.aborted) throw new Refused(-1, "");
          const added = await draft.addFile(field.name, file, part, own.signal);
          // From here on it is the draft's; in the form it would go up a second time.
          input.value = "";
          replaceRow(
            field,
            keptRow(added, () => void remove(added.fileName)),
          );
          say(`${added.fileName} is there.`);
          onAdded(field, added);
        } finally {
          next();
        }
      } catch (error) {
        if (stop !== own) return;
        failed(field, input, file, error, () => track(send(file)));
      } finally {
        if (stop === own) stop = null;
        onChange();
      }
    };

    const remove = async (name: string) => {
      try {
        await draft.removeFile(field.name);
      } catch (error) {
        if (!(error instanceof Refused && error.status === 404)) {
          mark(field, "It couldn’t be removed just now. Try again in a moment.");
          return;
        }
      }
      replaceRow(field, null);
      input.hidden = false;
      input.value = "";
      input.focus();
      say(`${name} is removed.`);
      onChange();
    };

    const track = (work: Promise<void>) => {
      running.add(work);
      void work.finally(() => running.delete(work));
    };

    const there = field.root.querySelector<HTMLElement>(".kept");
    if (there) {
      const name = there.querySelector(".kept-name")?.textContent ?? "";
      // Said of the input, which comes back once the file is removed.
      field.root.querySelector("[data-plain]")?.remove();
      input.hidden = true;
      there.querySelector("button")?.addEventListener("click", (event) => {
        event.preventDefault();
        void remove(name);
      });
    }
    input.addEventListener("change", () => {
      const file = input.files?.[0];
      if (!file) return onChange();
      const problem = tooLargeOrEmpty(file);
      if (problem === null) return track(send(file));
      input.value = "";
      mark(field, problem);
      say(problem);
    });
  }
  return {
    busy: () => running.size > 0,
    settled: async () => {
      while (running.size > 0) await Promise.all(running);
    },
  };
}

function tooLargeOrEmpty({ size, name }: File): string | null {
  if (size === 0) return `${name} is empty. Choose another file.`;
  return size > MOST_BYTES ? `${name} is larger than 10 MB. Make it smaller and try again.` : null;
}

/** In place of what the field says of its file. */
function replaceRow({ root }: Field, row: HTMLElement | null): void {
  root.querySelector(".kept")?.remove();
  if (row) root.querySelector(".file")?.before(row);
}

function progress(file: File, cancel: () => void): { row: HTMLElement; part: (part: number) => void } {
  const bar = make("progress", { "aria-label": `Sending ${file.name}`, max: "1", value: "0" });
  const words = make("span", { class: "quiet num" }, "0 %");
  const row = make(
    "div",
    { class: "kept" },
    make("span", { class: "kept-name", dir: "auto" }, file.name),
    words,
    button("button-plain button-s", "Cancel", cancel),
    bar,
  );
  return {
    row,
    part: (part) => {
      bar.value = part;
      words.textContent = part < 1 ? `${Math.floor(part * 100)} %` : "being checked";
    },
  };
}

function keptRow({ fileName, size }: AddedDraftFile, remove: () => void): HTMLElement {
  const words = make("span", {}, "Remove", make("span", { class: "sr-only" }, ` ${fileName}`));
  return make(
    "div",
    { class: "kept" },
    make("span", { class: "kept-name", dir: "auto" }, fileName),
    make("span", { class: "quiet" }, sizeWords(size)),
    button("button-plain button-s", words, remove),
  );
}

function failed(field: Field, input: HTMLInputElement, file: File, error: unknown, again: () => void): void {
  const status = error instanceof Refused ? error.status : 0;
  input.hidden = false;
  replaceRow(field, null);
  if (status === -1) {
    input.value = "";
    input.focus();
    return;
  }
  const words = error instanceof Refused && error.message ? error.message : "The file didn’t arrive.";
  mark(field, words);
  say(words);
  // What the server refused would be refused again; all else may work the next time.
  if (status >= 400 && status < 500 && status !== 429 && status !== 404) {
    input.value = "";
    return;
  }
  const row = make(
    "div",
    { class: "kept" },
    make("span", { class: "kept-name", dir: "auto" }, file.name),
    button("button-quiet button-s", "Send the file again", again),
  );
  replaceRow(field, row);
}
