import type { CvReader } from "./features/apply/read-cv/object";
import type { Lane } from "./features/webhooks/lane";
import type { Counter } from "./lib/counter";
import type { Passwords } from "./lib/passwords-object";
import type { Channel } from "./live/channel";
import type { EmailMessage, EventsMessage, ImportMessage, InboxMessage } from "./queue/messages";

/** Every binding and variable that the Worker reads; `wrangler.toml` names the same ones. */
export interface Env {
  DB: D1Database;
  FILES: R2Bucket;
  ASSETS: Fetcher;
  EVENTS_QUEUE: Queue<EventsMessage | ImportMessage | InboxMessage>;
  EMAIL_QUEUE: Queue<EmailMessage>;
  CHANNEL: DurableObjectNamespace<Channel>;
  COUNTER: DurableObjectNamespace<Counter>;
  LANE: DurableObjectNamespace<Lane>;
  CV_READER: DurableObjectNamespace<CvReader>;
  PASSWORDS: DurableObjectNamespace<Passwords>;
  SHIELD: RateLimit;
  EMAIL: SendEmail;
  /** "local" and "test" show `worker/dev`; anything else is a deployment. */
  MODE: string;
  BASE_URL: string;
  MAIL_FROM: string;
  SIGN_UP: string;
  /** "loopback" lets events be sent to this machine; empty in a deployment. */
  ALLOWED_PRIVATE_TARGETS?: string;
  /** 32 random bytes in base64: the root of every key. */
  PORTICO_KEY: string;
}

/** True where demo data, the readable outbox and the movable clock may exist. */
export function isLocal(env: { MODE: string }): boolean {
  return env.MODE === "local" || env.MODE === "test";
}
