/** What stands in the names of CV files and is no name. */
const NO_NAMES =
  /^(cv|resume|résumé|resumé|lebenslauf|curriculum|vitae|profile|profil|application|bewerbung|final|new|copy|draft|scan|doc|document|version|v\d*)$/i;

/** The name that a CV's file is called by, such as `CV_Ada_Able_2024.pdf`; null where it holds none. */
export function nameInFile(fileName: string): { firstName: string; lastName: string } | null {
  const words = fileName
    .replace(/\.[a-z0-9]+$/i, "")
    .replace(/([\p{Ll}])([\p{Lu}])/gu, "$1 $2")
    .split(/[\s_\-–.,()[\]+]+/)
    .filter((word) => word !== "" && !/\d/.test(word) && !NO_NAMES.test(word));
  const looksLikeName =
    words.length >= 2 && words.length <= 4 && words.every((word) => /^\p{L}[\p{L}'’]*$/u.test(word));
  if (!looksLikeName) return null;
  const shown = words.map((word) =>
    word === word.toLocaleLowerCase() || word === word.toLocaleUpperCase()
      ? word.slice(0, 1).toLocaleUpperCase() + word.slice(1).toLocaleLowerCase()
      : word,
  );
  return { firstName: shown.slice(0, -1).join(" "), lastName: shown.at(-1) ?? "" };
}
