import { and, eq, isNull } from "drizzle-orm";
import type { Ctx } from "../../events/context";
import type { Effect, StoredEvent, Subscriber } from "../../events/subscriber";
import { link } from "../../lib/links";
import { queueEmail } from "../email/email";
import { notify } from "../notifications/notify";
import { users } from "../users/table";
import { failureWords } from "./failure-words";
import { webhookEndpoints } from "./table";
import { CAUSES, type Cause } from "./words";

/** Tells the admins when a system outside can't be reached or understood, when it can again, and when it is given up. */
export const webhookNotices: Subscriber = {
  name: "webhook-notices",
  types: ["integration.failed", "integration.recovered", "integration.disabled"],
  handle: tell,
};

interface Said {
  title: string;
  message: string;
}

async function tell(ctx: Ctx, event: StoredEvent): Promise<Effect | null> {
  // An endpoint that is turned off at once has an event of its own.
  if (event.type === "integration.failed" && event.detail.off === true) return null;
  const [admins, endpoints, [organization]] = await ctx.db.read(
    ctx.db.select({ id: users.id, email: users.email, firstName: users.firstName }, users, {
      where: and(eq(users.role, "admin"), isNull(users.disabledAt)),
    }),
    ctx.db.select({ url: webhookEndpoints.url }, webhookEndpoints, {
      where: eq(webhookEndpoints.id, event.entityId),
      byKey: true,
    }),
    ctx.db.organization(),
  );
  if (admins.length === 0) return null;
  const url = endpoints[0]?.url ?? null;
  const said = url === null ? ofSource(event) : ofEndpoint(event, hostOf(url));
  const noticed = notify(
    ctx,
    admins.map(({ id }) => ({
      userId: id,
      type: event.type.replace(".", "_"),
      ...said,
      entityType: url === null ? "integration" : "webhook_endpoint",
      entityId: event.entityId,
      eventSeq: event.seq,
    })),
  );
  const mails =
    event.type !== "integration.disabled" || url === null
      ? []
      : admins.map(({ id, email, firstName }) =>
          queueEmail(ctx, {
            to: email,
            userId: id,
            template: "webhook_off",
            values: {
              firstName,
              organization: organization?.name ?? "",
              host: hostOf(url),
              address: url,
              why: WHY[String(event.data.reason)] ?? "",
              url: link(ctx.env, `/settings/webhooks/${event.entityId}`),
            },
            dedupeKey: `${event.id}:${id}`,
          }),
        );
  return {
    writes: [...noticed.writes, ...mails.map((mail) => mail.write)],
    events: noticed.events,
    after: () => Promise.all(mails.map((mail) => mail.wake())),
  };
}

const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : url);

const WHY: Record<string, string> = {
  gone: "The receiver said that it is gone for good (410).",
  failing: "The receiver took nothing for 120 hours.",
};

function ofEndpoint(event: StoredEvent, host: string): Said {
  const { cause, reason } = event.data as { cause?: string; reason?: string };
  switch (event.type) {
    case "integration.recovered":
      return { title: `${host} takes events again`, message: "What waited is sent now, the oldest first." };
    case "integration.disabled":
      return {
        title: `Events are no longer sent to ${host}`,
        message:
          `${WHY[reason ?? ""] ?? ""} Mend the receiver, turn the endpoint on and send again what is missing.`.trim(),
      };
    default:
      return {
        title: `Events don't reach ${host}`,
        message: `${because(cause)}They wait, and the address is tried again and again for 120 hours.`,
      };
  }
}

function because(cause: string | undefined): string {
  const known = CAUSES.find((word): word is Exclude<Cause, "status"> => word === cause && word !== "status");
  const words = known ? failureWords(known, null) : "The receiver answers with an error";
  return `${words}. `;
}

function ofSource(event: StoredEvent): Said {
  const name = String(event.detail.name ?? "A source");
  return event.type === "integration.recovered"
    ? {
        title: `Events from ${name} are understood again`,
        message: "Run again what was put aside meanwhile.",
      }
    : {
        title: `An event from ${name} can't be taken in`,
        message: "It was put aside with the reason. Look at it, mend what is wrong and run it again.",
      };
}
