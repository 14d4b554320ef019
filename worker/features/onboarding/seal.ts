import { eq } from "drizzle-orm";
import type { Ctx } from "../../events/context";
import { iso } from "../../lib/clock";
import { notFound } from "../../lib/errors";
import { base64url, deriveKey, equalBytes, fromBase64url, hmacSha256 } from "../../lib/keys";
import { rowOf } from "./scene";
import { onboardingDone, onboardingSteps, type SignedCopy } from "./table";

/** Where a copy belongs: under another agent's name or step its seal doesn't hold. */
interface Place {
  agentId: string;
  stepId: string;
}

async function sealBytes(ctx: Ctx, { agentId, stepId }: Place, copy: SignedCopy): Promise<Uint8Array> {
  const { title, text, signature, name, at, stepVersion } = copy;
  const key = await deriveKey(ctx.env.PORTICO_KEY, "onboarding-seal-1");
  const words = [ctx.orgId, agentId, stepId, title, text, signature, name, at, stepVersion];
  return await hmacSha256(key, JSON.stringify(words));
}

/** The seal of what was signed: a hash that nobody can make without the server's key. */
export async function sealOf(ctx: Ctx, place: Place, copy: SignedCopy): Promise<string> {
  return base64url(await sealBytes(ctx, place, copy));
}

async function holds(ctx: Ctx, place: Place, copy: SignedCopy, seal: string | null): Promise<boolean> {
  try {
    return equalBytes(fromBase64url(seal ?? ""), await sealBytes(ctx, place, copy));
  } catch {
    return false;
  }
}

/** The sealed copy of what an agent signed, to read and to keep. @throws DomainError `not-found` */
export async function readCopy(ctx: Ctx, agentId: string, stepId: string) {
  const [rows, steps] = await ctx.db.read(
    ctx.db.rows(onboardingDone, { where: rowOf(agentId, [stepId]) }),
    ctx.db.select({ key: onboardingSteps.key }, onboardingSteps, { where: eq(onboardingSteps.id, stepId) }),
  );
  const copy = rows[0]?.copy;
  if (!copy) throw notFound("signed copy");
  const seal = rows[0]?.seal ?? null;
  const verified = await holds(ctx, { agentId, stepId }, copy, seal);
  const lines = [
    copy.title,
    "",
    copy.text,
    "",
    "----",
    `Signed: ${copy.signature}`,
    `Account: ${copy.name} (${agentId})`,
    `At: ${iso(copy.at)}`,
    `Step: ${stepId}, version ${copy.stepVersion}`,
    `Seal (HMAC-SHA256): ${seal ?? "none"}`,
    verified
      ? "The seal holds: this is what was signed, unchanged."
      : "THE SEAL DOES NOT HOLD: this is not what was signed.",
  ];
  return { fileName: `${steps[0]?.key ?? "signed"}-signed.txt`, text: `${lines.join("\n")}\n`, verified };
}
