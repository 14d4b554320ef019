import {
  LANGUAGE_LEVELS,
  type Missing,
  type MissingState,
  type Requirement,
  type RequirementLeaf,
} from "./schema";
import { countryName, type Facts, languageName, levelWords, type World } from "./words";

const DAY_MS = 24 * 60 * 60 * 1000;

/** An answer, and until when it holds if nothing else happens: null for as long as nothing does. */
export interface Answer {
  eligible: boolean;
  missing: Missing[];
  until: number | null;
}

/**
 * Whether an agent meets requirements, or exactly what is missing, each with the place that resolves it. A pure
 * function: what counts is what is true at `now`, whether or not anybody has noted that something expired.
 * @param now in milliseconds
 */
export function evaluate(requirement: Requirement, facts: Facts, world: World, now: number): Answer {
  if ("all" in requirement) {
    const parts = requirement.all.map((part) => evaluate(part, facts, world, now));
    return {
      eligible: parts.every(({ eligible }) => eligible),
      missing: parts.flatMap(({ missing }) => missing),
      until: earliest(parts),
    };
  }
  if ("any" in requirement) return anyOf(requirement.any, facts, world, now);
  if ("none" in requirement) {
    const found = requirement.none.filter((part) => evaluate(part, facts, world, now).eligible);
    if (found.length === 0) return met;
    return lacks({
      kind: "none",
      state: "excluded",
      text: "This campaign is not open to you. The team can say why.",
      resolve: null,
    });
  }
  return LEAVES[requirement.kind](requirement as never, facts, world, now);
}

const met: Answer = { eligible: true, missing: [], until: null };
const metUntil = (until: number | null): Answer => ({ eligible: true, missing: [], until });
const lacks = (missing: Missing): Answer => ({ eligible: false, missing: [missing], until: null });

function earliest(parts: Answer[]): number | null {
  const times = parts.flatMap(({ until }) => (until === null ? [] : [until]));
  return times.length === 0 ? null : Math.min(...times);
}

/** One way is enough; of several that hold the one that holds longest decides until when. */
function anyOf(parts: Requirement[], facts: Facts, world: World, now: number): Answer {
  const answers = parts.map((part) => evaluate(part, facts, world, now));
  const held = answers.filter(({ eligible }) => eligible);
  if (held.length > 0) {
    const times = held.map(({ until }) => until);
    return metUntil(times.includes(null) ? null : Math.max(...(times as number[])));
  }
  const options = answers.map(({ missing }) => missing);
  const [first] = options;
  // With one way only there is nothing to choose.
  if (options.length === 1 && first) return { eligible: false, missing: first, until: null };
  const nearest = [...options].sort((a, b) => a.length - b.length)[0] ?? [];
  return lacks({
    kind: "any",
    state: "missing",
    text: `One of these: ${options.map((way) => way.map(({ text }) => text.replace(/\.$/, "")).join(" and ")).join("; or ")}.`,
    resolve: nearest.find(({ resolve }) => resolve !== null)?.resolve ?? null,
    options,
  });
}

type Judge<K extends RequirementLeaf["kind"]> = (
  leaf: Extract<RequirementLeaf, { kind: K }>,
  facts: Facts,
  world: World,
  now: number,
) => Answer;

const GONE = "asks for something that no longer exists here. The team has to mend it.";

const LEAVES: { [K in RequirementLeaf["kind"]]: Judge<K> } = {
  stage({ min }, facts, { stages }) {
    const wanted = stages.find(({ key }) => key === min);
    if (!wanted)
      return lacks({ kind: "stage", state: "unmeetable", text: `This campaign ${GONE}`, resolve: null, min });
    const held = stages.find(({ key }) => key === facts.stage);
    const counts = held !== undefined && (held.kind === "open" || held.kind === "hired");
    if (counts && held.position >= wanted.position) return met;
    return lacks({
      kind: "stage",
      state: counts ? "pending" : "missing",
      text: `You are to be in ${wanted.name} first. The team moves you there.`,
      resolve: "/home",
      min,
    });
  },

  document({ type, maxAgeDays }, facts, { documentTypes }, now) {
    const name = documentTypes.find(({ key }) => key === type)?.name;
    const resolve = `/documents?type=${encodeURIComponent(type)}`;
    const about = { kind: "document", type } as const;
    if (name === undefined)
      return lacks({ ...about, state: "unmeetable", text: `This campaign ${GONE}`, resolve: null });
    const own = facts.documents.filter((one) => one.type === type);
    const approved = own.filter(({ status }) => status === "approved");
    const ends = approved.map(({ at, expiresAt }) =>
      Math.min(
        expiresAt ?? Number.POSITIVE_INFINITY,
        maxAgeDays === undefined ? Number.POSITIVE_INFINITY : at + maxAgeDays * DAY_MS,
      ),
    );
    const until = Math.max(Number.NEGATIVE_INFINITY, ...ends);
    if (until > now) return metUntil(Number.isFinite(until) ? until : null);
    const over = approved.some(({ expiresAt }) => expiresAt !== null && expiresAt <= now);
    const has = (status: "pending" | "rejected") => own.some((one) => one.status === status);
    const [state, text]: [MissingState, string] = has("pending")
      ? ["pending", `Your ${name} is with the team for review.`]
      : approved.length > 0
        ? ["expired", `Your ${name} ${over ? "has expired" : "is too old"}. Upload a new one.`]
        : has("rejected")
          ? ["rejected", `Your ${name} could not be accepted. Upload it again.`]
          : ["missing", `Upload your ${name}.`];
    return lacks({ ...about, state, text, resolve });
  },

  evaluation({ type, minScore, maxAgeDays }, facts, { evaluationTypes }, now) {
    const known = evaluationTypes.find(({ key }) => key === type);
    const about = { kind: "evaluation", type, minScore } as const;
    if (!known || known.archived)
      return lacks({ ...about, state: "unmeetable", text: `This campaign ${GONE}`, resolve: null });
    const own = facts.evaluations.filter((one) => one.type === type);
    const ends = own
      .filter(({ score }) => score >= minScore)
      .map(({ at }) => (maxAgeDays === undefined ? Number.POSITIVE_INFINITY : at + maxAgeDays * DAY_MS));
    const until = Math.max(Number.NEGATIVE_INFINITY, ...ends);
    if (until > now) return metUntil(Number.isFinite(until) ? until : null);
    const resolve = `/evaluations?type=${encodeURIComponent(type)}`;
    const best = own.length > 0 ? Math.max(...own.map(({ score }) => score)) : undefined;
    if (ends.length > 0) {
      const text = `Your result in ${known.name} is too old: it is needed again, with ${minScore} or more.`;
      return lacks({ ...about, state: "expired", text, resolve, score: best });
    }
    if (best === undefined)
      return lacks({ ...about, state: "missing", text: `${known.name} with ${minScore} or more.`, resolve });
    const text = `${known.name} with ${minScore} or more; your best so far is ${best}.`;
    return lacks({ ...about, state: "low", text, resolve, score: best });
  },

  onboarding({ step }, facts, { steps }) {
    const { applies, complete } = facts.onboarding;
    if (step === undefined) {
      const left = applies.filter((id) => !complete.includes(id));
      if (left.length === 0) return met;
      const first = steps.find(({ id }) => id === left[0]);
      return lacks({
        kind: "onboarding",
        state: "missing",
        text:
          left.length === 1 && first
            ? `Finish your onboarding: ${first.title}.`
            : `Finish your onboarding: ${left.length} steps are left.`,
        resolve: "/onboarding",
      });
    }
    const wanted = steps.find(({ id, key }) => id === step || key === step);
    const about = { kind: "onboarding", step } as const;
    if (!wanted)
      return lacks({ ...about, state: "unmeetable", text: `This campaign ${GONE}`, resolve: null });
    if (complete.includes(wanted.id)) return met;
    return lacks({
      ...about,
      state: "missing",
      text: `Complete the step ${wanted.title}.`,
      resolve: `/onboarding/${wanted.id}`,
    });
  },

  skill({ name }, facts) {
    if (facts.skills.some((skill) => same(skill, name))) return met;
    const text = `Add the skill ${name} to your profile, if you have it.`;
    return lacks({ kind: "skill", state: "missing", text, resolve: "/profile", name });
  },

  language({ code, level }, facts) {
    const spoken = facts.languages.map(languageOf).filter((one) => one.code === code);
    const rank = (one: string | null) => LANGUAGE_LEVELS.indexOf(one as never);
    if (spoken.some((one) => level === undefined || rank(one.level) >= rank(level))) return met;
    return lacks({
      kind: "language",
      state: spoken.length > 0 ? "low" : "missing",
      text: `Add ${languageName(code)}${levelWords(level)} to your profile, if you speak it.`,
      resolve: "/profile",
      code,
      level,
    });
  },

  location({ country }, facts) {
    if (facts.country === country) return met;
    return lacks({
      kind: "location",
      state: "missing",
      text:
        facts.country === null
          ? "Say in your profile where you live."
          : `This campaign is for people of one country: ${countryName(country)}.`,
      resolve: "/profile",
      country,
    });
  },

  tag({ name }, facts) {
    if (facts.tags.some((tag) => same(tag, name))) return met;
    const text = "The team decides who may take this campaign.";
    return lacks({ kind: "tag", state: "missing", text, resolve: null, name });
  },
};

const same = (a: string, b: string) => a.trim().toLowerCase() === b.trim().toLowerCase();

/** What a profile says of a language, like `en`, `en:C1`, `EN native`, `German (B2)`. */
export function languageOf(text: string): { code: string; level: string | null } {
  const [, name = "", said] =
    /^\s*([^():]+?)\s*[\s:(]*\b(A1|A2|B1|B2|C1|C2|native)?\)?\s*$/i.exec(text) ?? [];
  const level = LANGUAGE_LEVELS.find((one) => said !== undefined && same(one, said)) ?? null;
  const word = name.toLowerCase();
  return { code: /^[a-z]{2,3}$/.test(word) ? word : (codesByName().get(word) ?? word), level };
}

/** Names of languages in English and in themselves, by ISO 639 code; built on first use. */
let names: Map<string, string> | undefined;
function codesByName(): Map<string, string> {
  if (names) return names;
  names = new Map();
  for (const code of COMMON) {
    for (const locale of ["en", code]) {
      const name = new Intl.DisplayNames([locale], { type: "language" }).of(code);
      if (name) names.set(name.toLowerCase(), code);
    }
  }
  return names;
}
const COMMON =
  "ar bg bn ca cs da de el en es et fa fi fr gu he hi hr hu hy id is it ja ka kk km kn ko lt lv mk ml mn mr ms my nb ne nl no pa pl ps pt ro ru sk sl sq sr sv sw ta te th tl tr uk ur uz vi zh".split(
    " ",
  );

/** Whether a step of the onboarding is for this agent. What they did of the onboarding itself doesn't count. */
export function appliesTo(condition: Requirement | null, facts: Facts, world: World, now: number): boolean {
  if (condition === null) return true;
  const before = { ...facts, onboarding: { applies: [], complete: [] } };
  return evaluate(condition, before, world, now).eligible;
}
