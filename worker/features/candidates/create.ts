import { eq } from "drizzle-orm";
import { type Statement, uniqueViolation } from "../../db/database";
import { indexPerson, timedSearchKeys } from "../../db/search";
import { commit, event, type NewEvent } from "../../events/commit";
import type { Ctx } from "../../events/context";
import { conflict } from "../../lib/errors";
import { newId } from "../../lib/ids";
import { splitName } from "../../lib/names";
import { searchText } from "../agents/new-agent";
import { type CandidateRow, getCandidate, presentDetail } from "./candidates";
import type { CandidateDetail, NewCandidate } from "./schema";
import { candidates } from "./table";

/** What a new row needs; whatever else is known of the person comes along. */
export type CandidateInput = { email: string; firstName: string; lastName: string } & {
  [K in Exclude<
    keyof CandidateRow,
    "email" | "firstName" | "lastName" | "orgId" | "version" | "changeId" | "updatedAt"
  >]?: CandidateRow[K] | undefined;
};

const EMPTY = {
  userId: null,
  phone: null,
  address: null,
  city: null,
  country: null,
  linkedinUrl: null,
  portfolioUrl: null,
  currentRole: null,
  currentCompany: null,
  summary: null,
  coverLetter: null,
  experienceYears: null,
  source: null,
  status: "NEW",
  cvDocumentId: null,
  selectedAt: null,
  changeId: null,
} as const;

/**
 * A whole row of `candidates`.
 * @param input.createdAt milliseconds since 1970; now if left out
 */
export function newCandidateRow(ctx: Ctx, input: CandidateInput): CandidateRow {
  const at = input.createdAt ?? ctx.now();
  const known = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
  return {
    ...EMPTY,
    links: [],
    skills: [],
    languages: [],
    certifications: [],
    experience: [],
    education: [],
    tags: [],
    id: newId("cand", at),
    searchKey: timedSearchKeys(at, 1)[0] ?? 0,
    createdBy: ctx.actor.kind === "user" ? ctx.actor.id : null,
    version: 1,
    createdAt: at,
    updatedAt: at,
    ...(known as Pick<CandidateRow, "email" | "firstName" | "lastName">),
    orgId: ctx.orgId,
  };
}

/**
 * The statements and events of a new candidate: whoever takes somebody in writes them in one batch with
 * whatever else there is. An address that is known breaks that batch (`candidates.email` in
 * `uniqueViolation`).
 */
export function insertCandidate(
  ctx: Ctx,
  input: CandidateInput,
): { row: CandidateRow; writes: Statement[]; events: NewEvent[] } {
  const row = newCandidateRow(ctx, input);
  return {
    row,
    writes: [
      ctx.db.insert(candidates, row),
      ...indexPerson(ctx.orgId, row.searchKey, searchText(row), undefined, "candidate").map((statement) =>
        ctx.db.sql(statement),
      ),
    ],
    events: [createdEvent(row)],
  };
}

/** The news of a new candidate. */
export function createdEvent(row: Pick<CandidateRow, "id" | "userId">, detail: Record<string, unknown> = {}) {
  return event({
    type: "candidate.created",
    entity: { type: "candidate", id: row.id },
    userId: row.userId,
    data: { candidateId: row.id },
    detail,
  });
}

/** Tries with keys of the text index that two people of the same millisecond may draw alike. */
const KEY_TRIES = 3;

/** Runs `work`, which draws new search keys, again where somebody else drew the same. */
export async function withFreshKey<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await work();
    } catch (error) {
      if (tries === KEY_TRIES || !uniqueViolation(error)?.includes("search_key")) throw error;
    }
  }
}

/** The row of the person with this address. */
export function selectByEmail(ctx: Ctx, email: string) {
  return ctx.db.rows(candidates, { where: eq(candidates.email, email), limit: 1 });
}

/**
 * Takes somebody in by hand.
 * @throws DomainError `conflict` for an address that is known, with the person as `current`
 */
export async function createCandidate(ctx: Ctx, input: NewCandidate): Promise<CandidateDetail> {
  const known = async () => {
    const [rows] = await ctx.db.read(selectByEmail(ctx, input.email));
    return rows[0];
  };
  const taken = async (row: CandidateRow) =>
    conflict("A candidate with this e-mail address is there already.", await getCandidate(ctx, row.id));
  const old = await known();
  if (old) throw await taken(old);
  const { name, firstName, lastName, ...fields } = input;
  const names = firstName === undefined ? splitName(name ?? "") : { firstName, lastName: lastName ?? "" };
  try {
    return await withFreshKey(() => {
      const made = insertCandidate(ctx, { ...fields, ...names });
      return commit(ctx, {
        id: newId("chg", ctx.now()),
        writes: made.writes,
        events: made.events,
        audit: [
          {
            action: "CANDIDATE_CREATE",
            entity: { type: "candidate", id: made.row.id },
            metadata: { fields: Object.keys(input) },
          },
        ],
        result: presentDetail(made.row, []),
      });
    });
  } catch (error) {
    // Somebody else took the same person in at this moment.
    const other = uniqueViolation(error)?.includes("email") ? await known() : undefined;
    throw other ? await taken(other) : error;
  }
}
