/** What there is to see of whether a person sends an application. */
export interface Signs {
  by: "page" | "api";
  /** The field that nobody sees was filled in. */
  trapped: boolean;
  /** How long ago the page was made, in milliseconds. */
  stamp: "missing" | "forged" | number;
  /** The same page was sent far more often than mistakes explain. */
  worn: boolean;
  /** Of the work that the page's script does while somebody fills it in. */
  proof: "missing" | "wrong" | "done";
  /** What was filled in before is only confirmed. */
  fromDraft: boolean;
  name: string;
  email: string;
  /** What the person wrote in their own words. */
  texts: readonly string[];
  /** More applications in this name within a day than anybody sends. */
  flooded: boolean;
  /** The part of the limit for this network address that is used up, 0 to 1. */
  addressUse: number;
}

/** One thing that speaks against a person. From `HOLD_AT` together an application is held. */
interface Doubt {
  reason: string;
  weight: number;
}
export const HOLD_AT = 3;

/** Faster than somebody fills in a name. */
const FAST_MS = 2500;

/** Services whose addresses last for minutes. */
const PASSING =
  /@(?:[\w-]+\.)*(?:10minutemail|guerrillamail|mailinator|sharklasers|temp-?mail|throwaway(?:mail)?|trashmail|yopmail|getnada|dispostable|maildrop|fakeinbox)\.[a-z.]+$/i;
const LINK = /\bhttps?:\/\/|\bwww\.[a-z0-9-]+\.[a-z]/gi;
const MARKUP = /<a\s[^>]*href|\[url[=\]]|<script|<iframe/i;

/** True for words that carry an address of the web, which no name does. */
const hasLink = (text: string) => text.search(LINK) >= 0;

/** Everything that speaks against a person, by weight. None of it alone but the trap and a flood is enough. */
export function doubts(signs: Signs): Doubt[] {
  const found: Doubt[] = [];
  const add = (holds: boolean, weight: number, reason: string) => {
    if (holds) found.push({ reason, weight });
  };
  const links = signs.texts.reduce((sum, text) => sum + (text.match(LINK)?.length ?? 0), 0);
  const { stamp, proof } = signs;
  add(signs.trapped, 3, "A field that people don't see was filled in.");
  add(signs.flooded, 3, "Many applications came in this name within a day.");
  add(stamp === "forged", 2, "The page's time stamp was altered, or is of another job.");
  add(stamp === "missing" && signs.by === "page", 1, "It was sent without opening the page.");
  add(
    typeof stamp === "number" && stamp < FAST_MS && !signs.fromDraft,
    1,
    "It was filled in faster than people type.",
  );
  add(signs.worn, 2, "The same page was sent again and again.");
  add(proof === "missing", 1, "The page's script did not run.");
  add(proof === "wrong", 2, "The work of the page's script was made up.");
  add(signs.addressUse > 1 / 3, 1, "Many applications came from the same network.");
  add(PASSING.test(signs.email), 1, "The e-mail address is one of those that last for minutes.");
  add(hasLink(signs.name), 2, "The name holds a web address.");
  add(links > 8, 2, "The answers are full of links.");
  add(links > 3 && links <= 8, 1, "The answers hold many links.");
  add(
    signs.texts.some((text) => MARKUP.test(text)),
    2,
    "The answers hold the markup of a web page.",
  );
  return found;
}

/** Why an application is held, in words; nothing where it is taken. */
export function reasonsToHold(signs: Signs): string[] {
  const found = doubts(signs);
  const weight = found.reduce((sum, one) => sum + one.weight, 0);
  return weight >= HOLD_AT ? found.map(({ reason }) => reason) : [];
}
