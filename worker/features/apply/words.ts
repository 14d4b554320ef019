/** The parts of the public form, in their order; `viewed` and `sent` stand for the page itself. */
export const APPLY_STEPS = ["viewed", "started", "cv", "about", "questions", "review", "sent"] as const;
export type ApplyStep = (typeof APPLY_STEPS)[number];

/** Days that a draft is kept after its last change. */
export const DRAFT_DAYS = 14;
/** Files that one application may bring, the CV included. */
export const APPLY_FILES_MOST = 10;
/** A form with its files as one request, in megabytes: it must fit into memory. A draft takes them one by one. */
export const APPLY_BODY_MB = 30;

export const HELD_STATUSES = ["waiting", "accepted", "discarded"] as const;
export type HeldStatus = (typeof HELD_STATUSES)[number];

/** Answers that one application may bring, those that the form did not ask for included. */
export const APPLY_ANSWERS_MOST = 500;

/**
 * What the page's form sends besides the person and the answers. No question can have these as its key,
 * since keys have no hyphen.
 */
export const HIDDEN_FIELDS = {
  /** The version of the form that the page shows. */
  version: "form-version",
  /** The signed time stamp of the page. */
  stamp: "form-stamp",
  /** The number that the browser found for the stamp. */
  proof: "form-proof",
  /** The secret of the draft that is sent. */
  draft: "form-draft",
  /** Web addresses of the person, one a line or one a field. */
  links: "contact-links",
  /** Nobody sees it, so that only a program fills it in. */
  trap: "contact-website",
} as const;

/** Before the key of an equal-opportunity question, in the names of the page's form: `equal-gender`. */
export const EQUAL_PREFIX = "equal-";

export interface EqualOpportunityQuestion {
  key: string;
  label: string;
  options: readonly { value: string; label: string }[];
}

const NOT_SAID = { value: "not_said", label: "I prefer not to say" } as const;

/** What may be asked for statistics alone. Every one is voluntary. */
export const EQUAL_OPPORTUNITY_QUESTIONS: readonly EqualOpportunityQuestion[] = [
  {
    key: "gender",
    label: "Gender",
    options: [
      { value: "woman", label: "Woman" },
      { value: "man", label: "Man" },
      { value: "non_binary", label: "Non-binary" },
      { value: "other", label: "Another" },
      NOT_SAID,
    ],
  },
  {
    key: "age",
    label: "Age",
    options: [
      { value: "under_25", label: "Under 25" },
      { value: "25_34", label: "25 to 34" },
      { value: "35_44", label: "35 to 44" },
      { value: "45_54", label: "45 to 54" },
      { value: "55_over", label: "55 or older" },
      NOT_SAID,
    ],
  },
  {
    key: "ethnicity",
    label: "Ethnic group",
    options: [
      { value: "asian", label: "Asian" },
      { value: "black", label: "Black" },
      { value: "hispanic", label: "Hispanic or Latino" },
      { value: "middle_eastern", label: "Middle Eastern or North African" },
      { value: "indigenous", label: "Indigenous" },
      { value: "white", label: "White" },
      { value: "mixed", label: "More than one of these" },
      { value: "other", label: "Another" },
      NOT_SAID,
    ],
  },
  {
    key: "disability",
    label: "Do you have a disability?",
    options: [{ value: "yes", label: "Yes" }, { value: "no", label: "No" }, NOT_SAID],
  },
];

/** Zero bits at the beginning of SHA-256 of `<stamp>:<proof>`: some ten thousand tries for a browser. */
export const PROOF_BITS = 14;
