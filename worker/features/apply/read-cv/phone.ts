import type { ReadLine } from "./shape";

/** The lines in which a number may stand without being said to be one's own. */
const TOP_LINES = 25;

const LABEL =
  /(?:^|[^\p{L}])(?:tel|phone|telephone|mobile|mobil|mob|cell|cellphone|handy|telefon|telefono|teléfono|telefone|téléphone|portable|movil|móvil|celular|telemóvel|cellulare|puhelin|matkapuhelin|telefonnummer|mobilnummer|mobiltelefon|komórka|gsm|whatsapp|тел|телефон|моб|мобильный|τηλ|τηλέφωνο|κινητό|هاتف|جوال|טלפון|נייד|电话|手机|電話|電話番号|携帯|전화|휴대폰|फोन|โทร|t|m|p)(?![\p{L}])[.:\s]*$/iu;
const FAX = /fax|telefax|факс|传真/iu;

/** Digits in groups, as people part them; the look-around keeps it out of longer words and addresses. */
const NUMBER = /(?<![\p{L}\d@/._-])(?:\+|\(\+|00|\()?\d[\d ().\-/‐-―]{5,22}\d(?![\d@]|[-.]?\p{L})/gu;
const DATES =
  /(?:19|20)\d\d\s*[-‐-―/]\s*(?:(?:19|20)\d\d|\d\d?)|\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b|\b\d{1,2}[./](?:19|20)\d\d\b/;

/** The person's number: the first that is called one, else the first at the top that can be nothing else. */
export function phoneIn(lines: ReadLine[]): string | null {
  let unnamed: string | null = null;
  for (const [index, { text }] of lines.entries()) {
    for (const found of text.matchAll(NUMBER)) {
      const before = text.slice(0, found.index);
      if (FAX.test(before.slice(-12))) continue;
      const written = found[0];
      const digits = written.replace(/\D/g, "");
      if (digits.length < 7 || digits.length > 15 || DATES.test(written)) continue;
      const phone = asStored(written);
      if (phone === null) continue;
      const named = LABEL.test(before) || (before.trim() === "" && LABEL.test(lines[index - 1]?.text ?? ""));
      if (named) return phone;
      const plain = /^(?:\+|\(\+|00[1-9]|0\d|\()/.test(written) && digits.length >= 9;
      // What is grouped as the United States do it has no sign in front of it.
      const grouped = /^\d{3}[-. ]\d{3}[-. ]\d{4}$/.test(written);
      if (index < TOP_LINES && (plain || grouped)) unnamed ??= phone;
    }
  }
  return unnamed;
}

/** In the letters that a phone number is stored with, or null where it doesn't fit. */
function asStored(written: string): string | null {
  const plain = written
    .replace(/[‐-―]/g, "-")
    .replace(/\s*\/\s*/g, " ")
    .replace(/\s+/g, " ")
    .trim();
  const open = plain.split("(").length;
  const even = open === plain.split(")").length ? plain : plain.replace(/[()]/g, "");
  const short = even.length <= 20 ? even : even.replace(/[ .-]/g, "");
  return short.length >= 7 && short.length <= 20 ? short : null;
}
