import { effect, signal } from "@preact/signals";

export type Theme = "system" | "light" | "dark";

const SETTING = "portico-theme";

/** Light, dark, or what the reader's system says. */
export const theme = signal<Theme>(read());

/** Chooses a look, and remembers it in this browser. */
export function setTheme(choice: Theme): void {
  theme.value = choice;
  try {
    if (choice === "system") localStorage.removeItem(SETTING);
    else localStorage.setItem(SETTING, choice);
  } catch {
    // Private windows may refuse; the choice then lasts as long as the page.
  }
}

function read(): Theme {
  try {
    const kept = localStorage.getItem(SETTING);
    return kept === "light" || kept === "dark" ? kept : "system";
  } catch {
    return "system";
  }
}

/** Keeps the page and the browser's own frame in the chosen look. */
export function watchTheme(): void {
  const metas = Array.from(document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]'));
  const colours = metas.map((meta) => meta.content);
  effect(() => {
    const choice = theme.value;
    if (choice === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = choice;
    metas.forEach((meta, at) => {
      meta.content =
        (choice === "system" ? colours[at] : colours[choice === "light" ? 0 : 1]) ?? meta.content;
    });
  });
}
