import { folded, HEADINGS, OCCUPATION, PARTICLES, wordsOf } from "./name-words";
import type { ReadLine } from "./shape";

/** Names stand at the top, or in letters larger than all others on the first page. */
const TOP_LINES = 6;
const PAGE_LINES = 60;
const MOST_LETTERS = 60;

const LABEL =
  /^(?:(?:full )?name|(?:vor- und )?nachname|vor- und zuname|nom(?: et prénom| complet)?|nombre(?: completo| y apellidos)?|nome(?: completo| e cognome)?|naam|navn|namn|nimi|imię i nazwisko|имя|фио|ф\.и\.о\.|όνομα(?:τεπώνυμο)?|الاسم|שם|姓名|氏名|이름|성명|नाम)\s*[:：-]\s*(.+)$/iu;
/** Words that introduce a name in the same line. */
const BEFORE =
  /^(?:curriculum vitae|cv|résumé|resume|lebenslauf|życiorys)\s*(?:of|von|de|di|da|för|for)?\s*[-–—:|]?\s+(?=\p{L})/iu;
const TITLES = /^(?:(?:dr|prof|mr|mrs|ms|miss|mme|herr|frau|ing|dipl|mgr|inż|sr|sra)\.?\s+)+/iu;
const DEGREES =
  /,?\s+(?:ph\.?d|m\.?sc|b\.?sc|mba|m\.?d|m\.?a|b\.?a|b\.?eng|m\.?eng|cpa|pmp|rn|esq|jr|msc|bsc)\.?(?=$|[,\s])/giu;
const HAN = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}々ー・· ]+$/u;
const HAN_HEADING =
  /简历|簡歷|履歴|履历|職務|职业|個人|个人|教育|经历|経歴|工作|自我|이력서|자기소개|경력|학력|프로필|联系|連絡|应聘/;

/**
 * The person's name, or null where a line could as well be something else.
 * @param email an own address, whose words support a name
 */
export function nameIn(lines: ReadLine[], email: string | null): string | null {
  const page = lines.slice(0, PAGE_LINES);
  for (const { text } of page) {
    const labelled = LABEL.exec(text)?.[1];
    const name = labelled === undefined ? null : asName(labelled, true);
    if (name !== null) return name;
  }
  const local = email === null ? "" : folded(email.split("@")[0] ?? "");
  const supported = (name: string) => wordsOf(name).some((word) => word.length > 2 && local.includes(word));
  const largest = Math.max(...page.map(({ size }) => size));
  const sized = page.some(({ size }) => size > 0 && size < largest);
  const found = page.map(({ text, size }, index) => ({ name: asName(text, false), size, index }));
  const names = found.filter((one): one is typeof one & { name: string } => one.name !== null);
  const own = names.find(({ name, index }) => supported(name) && index < 2 * TOP_LINES);
  if (own) return own.name;
  // Without support from the address, larger letters than all others say it, or the very first line.
  const large = sized ? found.filter(({ size }) => size === largest) : [];
  if (large.length > 0) return large.length === 1 ? (large[0]?.name ?? null) : null;
  const first = found.find(({ index }) => !isTitle(page[index]?.text ?? ""));
  return first && first.index < TOP_LINES ? first.name : null;
}

/** True for a line that only says what the document is. */
const isTitle = (text: string) =>
  /^(?:curriculum vit(?:ae|æ)|cv|résumé|resume|lebenslauf|życiorys|meritförteckning|резюме|βιογραφικ[όο] σημε[ίι]ωμα|سيرة ذاتية|السيرة الذاتية|קורות חיים|简历|个人简历|個人簡歷|履歴書|職務経歴書|이력서)$/iu.test(
    text.replace(/[:.\s]+$/, ""),
  );

/**
 * A line as a name, or null where it has not the shape of one.
 * @param sure true where the file itself calls it a name: then one word is enough
 */
function asName(line: string, sure: boolean): string | null {
  const text = line.replace(BEFORE, "").replace(TITLES, "").replace(DEGREES, "").trim();
  if (text.length > MOST_LETTERS || /[\d@/\\|:;()&+*#_•<>=?!"]/u.test(text)) return null;
  if (HAN.test(text)) return hanName(text, sure);
  const parts = text.split(",").map((part) => part.trim());
  if (parts.length > 2 || (parts.length === 2 && !sure)) return null;
  const words = [...parts].reverse().join(" ").split(/\s+/);
  if (words.length < (sure ? 1 : 2) || words.length > 6) return null;
  if (!words.every((word) => /^'?[\p{L}\p{M}][\p{L}\p{M}'’ʼ`.·-]*$/u.test(word))) return null;
  const bare = words.map(folded);
  if (!sure && bare.some((word) => HEADINGS.has(word) || OCCUPATION.test(word))) return null;
  const cased = words.filter((word) => word.toLowerCase() !== word.toUpperCase());
  const small = cased.filter((word) => /^\p{Ll}/u.test(word));
  if (small.some((word) => !PARTICLES.has(word.toLowerCase()))) return null;
  const whole = words.filter((word) => word.replace(/\P{L}/gu, "").length > 1 && !PARTICLES.has(word));
  // In scripts without capitals any two words look like a name: there the shape says less, so it must be short.
  if (cased.length === 0 && !sure && words.length > 4) return null;
  if (whole.length < (sure ? 1 : 2)) return null;
  return words.map(proper).join(" ");
}

function hanName(text: string, sure: boolean): string | null {
  const letters = text.replace(/[ ・·]/g, "");
  const most = /[\p{Script=Katakana}\p{Script=Hiragana}]/u.test(letters) ? 10 : 4;
  if (letters.length < 2 || letters.length > most || HAN_HEADING.test(letters)) return null;
  return sure || text.split(" ").length <= 2 ? text : null;
}

/** A word of a name in capitals, as names are written; others stay as their owner wrote them. */
function proper(word: string): string {
  const shouted = word.length > 2 && word === word.toUpperCase() && word !== word.toLowerCase();
  if (!shouted || /^(?:\p{Lu}\.)+$/u.test(word)) return word;
  return PARTICLES.has(word.toLowerCase())
    ? word.toLowerCase()
    : word.toLowerCase().replace(/(^|['’ʼ`-])(\p{L})/gu, (_, sign, letter) => sign + letter.toUpperCase());
}
