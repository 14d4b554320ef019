import { z } from "zod";

/** RFC 9457 problem details, the one shape of every error. */
export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    requestId: z.string(),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
    current: z.unknown().optional(),
  })
  .meta({ id: "Problem" });
export type Problem = z.infer<typeof Problem>;

/** ISO 8601 in UTC with `Z`, as every time leaves the API. */
export const Time = z.iso.datetime({ precision: 3 });

/** Who did something, by name as of today; the product itself has no id. */
export const ActorShape = z.object({ kind: z.string(), id: z.string().nullable(), name: z.string() });

/** A page of a list: `nextCursor` is opaque and null on the last page. */
export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({ data: z.array(item), nextCursor: z.string().nullable() });
}
export interface Page<T> {
  data: T[];
  nextCursor: string | null;
}

/** The query every list takes. */
export const pageQuery = {
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(1000).optional(),
};

/** 5 to 20 of digits, space and `+ - ( ) .`; never judged by a numbering plan. */
export const Phone = z
  .string()
  .trim()
  .regex(/^[0-9 +\-().]{5,20}$/, "Write 5 to 20 digits, spaces and + - ( ) . only.");

export const Email = z
  .string()
  .trim()
  .toLowerCase()
  .max(254)
  .pipe(z.email("Write an e-mail address like name@example.com."));

/** The part of a person's name that not everybody has; control characters are refused. */
export const LastName = z
  .string()
  .trim()
  .max(200)
  .regex(/^[^\p{Cc}]*$/u, "Names can't hold control characters.");

/** A person's or thing's name as people write it. */
export const Name = LastName.min(1, "Write a name.");
