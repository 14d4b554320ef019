import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { PROOF_BITS } from "../../../worker/features/apply/words";
import { proofFor } from "./proof";

test("the number that is found is what the server asks for", async () => {
  const stamp = "m2x.abc.def";
  const number = await proofFor(stamp);
  const digest = createHash("sha256").update(`${stamp}:${number}`).digest();
  expect(digest.readUInt32BE(0) >>> (32 - PROOF_BITS)).toBe(0);
}, 20_000);
