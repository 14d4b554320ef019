/** A key to press, as a hint beside what it does. */
export function Kbd({ children }: { children: string }) {
  return <kbd class="kbd">{children}</kbd>;
}
