/** A line of a file, with the size of its letters in points where the file says it, else 0. */
export interface ReadLine {
  text: string;
  size: number;
}

/** What the reader of one format finds. */
export interface ReadFile {
  lines: ReadLine[];
  /** Addresses that the file links to, whatever their words say. */
  links: string[];
}

/** What a CV says of its person. What is not certain is null: a wrong guess costs more than an empty field. */
export interface CvFacts {
  name: string | null;
  email: string | null;
  /** As it is written there. */
  phone: string | null;
  /** Absolute addresses, at most five. */
  links: string[];
}

export const MOST_PAGES = 10;
/** Characters of text that are read. */
export const MOST_TEXT = 200_000;
