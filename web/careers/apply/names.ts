const PARTICLES = new Set(
  "af al av bin bint da das de degli del dela dell della den der des di do dos du el ibn la le los op 't ten ter van vom von zu zum zur".split(
    " ",
  ),
);

/** A whole name as the two fields of the form: the last word, with the small words before it, is the last name. */
export function splitName(name: string): { firstName: string; lastName: string } {
  const words = name.trim().split(/\s+/);
  let start = words.length - 1;
  while (start > 1 && PARTICLES.has((words[start - 1] ?? "").toLowerCase())) start--;
  return {
    firstName: words.slice(0, Math.max(start, 1)).join(" "),
    lastName: words.slice(Math.max(start, 1)).join(" "),
  };
}
