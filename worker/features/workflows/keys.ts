/** Leaves room in a key's 60 characters for a number at its end. */
const LONGEST = 55;

/** A key made of a name: small letters, digits and `-`, beginning with a letter. */
export function keyOf(name: string): string {
  const plain = name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^[-0-9]+/, "")
    .slice(0, LONGEST)
    .replace(/-+$/, "");
  return plain || "stage";
}

/** A key made of a name that none of `taken` is; it is taken then. */
export function freeKey(name: string, taken: Set<string>): string {
  const wanted = keyOf(name);
  let key = wanted;
  for (let nth = 2; taken.has(key); nth++) key = `${wanted}-${nth}`;
  taken.add(key);
  return key;
}
