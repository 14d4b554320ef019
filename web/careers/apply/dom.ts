type Content = Node | string;

/** Makes an element. Attributes that are undefined are left out. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Record<string, string | undefined> = {},
  ...content: Content[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined) element.setAttribute(name, value);
  }
  element.append(...content);
  return element;
}

/** A button that does something in the page. */
export function button(look: string, words: Content, onClick: () => void): HTMLButtonElement {
  const made = make("button", { type: "button", class: `button ${look}` }, words);
  made.addEventListener("click", onClick);
  return made;
}

/** Tells people who listen what happened, once whatever they hear now has ended. */
export function say(words: string): void {
  const line = document.querySelector("[data-said]");
  if (line) line.textContent = words;
}
