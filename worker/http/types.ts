import type { Meter } from "../db/meter";
import type { Env } from "../env";
import type { Ctx } from "../events/context";
import type { KnownSession } from "../features/sessions/sessions";

/** What every route finds in its context. */
export interface HttpEnv {
  Bindings: Env;
  Variables: {
    requestId: string;
    meter: Meter;
    /** Who calls; absent on public routes without credentials. */
    session?: KnownSession;
    /** True where the session came by cookie. */
    byCookie?: boolean;
    /** Of a request with an API key. */
    keyId?: string;
    ctx?: Ctx;
  };
}
