import { and, eq, sql } from "drizzle-orm";
import type { z } from "zod";
import { sha256Hex } from "../../../lib/keys";
import { documents } from "../../documents/table";
import { uploadDocument } from "../../documents/upload";
import { fetchFile } from "../fetch-file";
import { find, known } from "../find";
import { Overtaken } from "../outcomes";
import type { DocumentData } from "../portal-data";
import type { Ride } from "../ride";

/** Other words for the types that every organization has. */
const TYPES: Record<string, string> = { resume: "cv", curriculum_vitae: "cv", w_9: "w9", passport: "id" };

/** Fetches a file that somebody gave the portal, and keeps it as their document, once. */
export async function takeDocument(ride: Ride, data: z.infer<typeof DocumentData>): Promise<void> {
  const { ctx } = ride;
  const person = known(await find(ride, data));
  const { url, fileName, type: said } = data.document;
  const type = said.toLowerCase().replace(/[\s-]+/g, "_");
  ride.result = { candidateId: person.id };
  ride.link("candidate", data.candidate.externalId, person.id);
  ride.subjects = [`document:${await sha256Hex(url)}`];
  if (await ride.overtaken()) throw new Overtaken();
  const { bytes, contentType } = await fetchFile(ctx.env, url);
  const sha256 = await sha256Hex(bytes);
  const its = and(eq(documents.ownerId, person.id), eq(documents.sha256, sha256));
  const [same] = await ctx.db.read(ctx.db.select({ id: documents.id }, documents, { where: its, limit: 1 }));
  if (same[0]) {
    ride.result.documentId = same[0].id;
    ride.note = "This very file is among the person's documents already.";
    return;
  }
  ride.result.documentId = sql`(select max(id) from ${documents} where org_id = ${ctx.orgId} and ${its})`;
  await uploadDocument(ctx, {
    bytes,
    fileName,
    declaredType: contentType,
    type: TYPES[type] ?? type,
    candidateId: person.id,
  });
}
