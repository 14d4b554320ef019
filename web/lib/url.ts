/**
 * Changes the query of the address without a navigation: the screen stays, and a reload or a copied
 * address shows the same. With `push`, Back returns to what was before.
 */
export function setQuery(values: Record<string, string | null>, push = false): void {
  const url = new URL(location.href);
  for (const [name, value] of Object.entries(values)) {
    if (value) url.searchParams.set(name, value);
    else url.searchParams.delete(name);
  }
  if (url.href === location.href) return;
  if (push) history.pushState({ pushed: true }, "", url);
  else history.replaceState(history.state, "", url);
}

/** Takes back what `setQuery` pushed, so that Back doesn't lead there again; else changes the query. */
export function leaveQuery(values: Record<string, string | null>): void {
  const state = history.state as { pushed?: boolean } | null;
  if (state?.pushed) history.back();
  else setQuery(values);
}

/** One value of the address's query, or an empty text. */
export function queryValue(name: string): string {
  return new URLSearchParams(location.search).get(name) ?? "";
}
