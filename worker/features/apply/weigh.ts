import type { Ctx } from "../../events/context";
import { addressBucket, rules, takeLimit } from "../../lib/counter";
import { DomainError } from "../../lib/errors";
import { sha256Hex } from "../../lib/keys";
import type { Entry } from "../applications/entry";
import type { Visitor } from "../sessions/sessions";
import type { ApplyInput } from "./apply";
import type { Checked } from "./check";
import { reasonsToHold } from "./doubts";
import { proofHolds, stampAge } from "./signs";

/** Answers longer than a word or two. */
const WORDS_FROM = 20;

/**
 * Counts an application where it comes from, and looks for what speaks against a person.
 * @returns what tells why it should be held, once its job is known
 * @throws DomainError `rate-limited`
 */
export async function weigh(ctx: Ctx, input: ApplyInput, visitor: Visitor) {
  const limits = rules(ctx.env.MODE);
  const now = ctx.now();
  const address = await takeLimit(
    ctx.env,
    "applications",
    addressBucket(visitor.address ?? ""),
    limits.applications,
    now,
  );
  if (!address.allowed) {
    throw new DomainError("rate-limited", "Too many attempts. Wait a little and try again.", {
      retryAfterSeconds: address.retryAfterSeconds,
    });
  }
  return {
    reasons: async (entry: Entry, { person: who }: Checked): Promise<string[]> => {
      const { signs } = input;
      const { stamp } = signs;
      // Counted here, so that nobody who has to mend a field comes nearer to a limit.
      const [person, page, age] = await Promise.all([
        takeLimit(
          ctx.env,
          "applicationsOfPerson",
          `${ctx.orgId}\n${who.email}`,
          limits.applicationsOfPerson,
          now,
        ),
        stamp === undefined
          ? null
          : takeLimit(ctx.env, "sendsOfPage", await sha256Hex(stamp), limits.sendsOfPage, now),
        stamp === undefined ? null : stampAge(ctx.env, entry.job.id, stamp, now),
      ]);
      const proven = signs.proof !== undefined && stamp !== undefined;
      return reasonsToHold({
        by: signs.by,
        trapped: Boolean(signs.trap?.trim()),
        stamp: stamp === undefined ? "missing" : (age ?? "forged"),
        worn: page !== null && !page.allowed,
        proof: proven ? ((await proofHolds(stamp, signs.proof ?? "")) ? "done" : "wrong") : "missing",
        fromDraft: input.draft !== undefined,
        name: [who.name, who.firstName, who.lastName].filter(Boolean).join(" "),
        email: who.email,
        texts: [...Object.values(input.formAnswers), who.summary, who.coverLetter].filter(
          (text): text is string => typeof text === "string" && text.length >= WORDS_FROM,
        ),
        flooded: !person.allowed,
        addressUse: address.count / limits.applications.limit,
      });
    },
  };
}
