import type { Statement } from "../db/database";
import type { EventType } from "./catalogue";
import type { NewEvent } from "./commit";
import type { Ctx } from "./context";
import type { events } from "./table";

export type StoredEvent = typeof events.$inferSelect;

/** What a subscriber does, held together with the note that it did it. */
export interface Effect {
  writes: Statement[];
  events?: NewEvent[];
  /** Wakes what waits on the effect; losing it is harmless. */
  after?: () => Promise<unknown>;
}

/** Something that follows from events. It sees each event of its types once in effect. */
export interface Subscriber {
  name: string;
  types: readonly EventType[];
  handle(ctx: Ctx, event: StoredEvent): Promise<Effect | null>;
}
