import { desc, type SQL, sql } from "drizzle-orm";
import type { RowOf } from "../../db/database";
import type { Ctx } from "../../events/context";
import type { Effect } from "../../events/subscriber";
import { link } from "../../lib/links";
import { agents } from "../agents/table";
import { candidates } from "../candidates/table";
import { queueEmail } from "../email/email";
import type { TemplateName } from "../email/templates";
import { type Notice, notify } from "../notifications/notify";
import { applications, stages } from "../pipelines/table";
import { newStatusLinks } from "../status/links";
import { documentTypes } from "./table";

/** The owner as a document, a request or an event names them, or what finds their ids. */
interface Named {
  agentId?: string | SQL | null;
  candidateId?: string | SQL | null;
}

/** What it takes to tell an owner something, as queries for one round trip. */
export function selectOwner(ctx: Ctx, { agentId, candidateId }: Named) {
  const standing = sql<
    string | null
  >`(select s.kind from ${applications} a join ${stages} s on s.id = a.stage_id
    where a.id = ${agents.applicationId} and a.org_id = ${ctx.orgId})`;
  return [
    ctx.db.select(
      {
        userId: agents.userId,
        email: agents.email,
        firstName: agents.firstName,
        lastName: agents.lastName,
        pipelineId: agents.pipelineId,
        standing,
      },
      agents,
      { where: sql`${agents.id} = ${agentId ?? ""}` },
    ),
    ctx.db.select(
      {
        userId: candidates.userId,
        email: candidates.email,
        firstName: candidates.firstName,
        lastName: candidates.lastName,
      },
      candidates,
      { where: sql`${candidates.id} = ${candidateId ?? ""}` },
    ),
    ctx.db.rows(documentTypes),
    ctx.db.organization(),
    ctx.db.select({ id: applications.id }, applications, {
      // In the words of the partial index, so that SQLite uses it.
      where: sql`candidate_id is not null and ${applications.candidateId} = ${candidateId ?? ""}`,
      orderBy: desc(applications.id),
      limit: 1,
    }),
  ] as const;
}
type RowsOf<T extends readonly unknown[]> = { -readonly [K in keyof T]: RowOf<T[K]>[] };

export interface Owner {
  userId: string | null;
  email: string;
  firstName: string;
  name: string;
  pipelineId: string | null;
  /** True of an agent who left the pool or was turned down: nothing is asked of them. */
  out: boolean;
  organization: string;
  /** Their newest application: without a login, its page is their own. */
  applicationId: string | undefined;
  /** The name of a document type. */
  nameOf(type: string): string;
}

/** Null where the person is gone. */
export function ownerIn([people, others, types, orgs, newest]: RowsOf<
  ReturnType<typeof selectOwner>
>): Owner | null {
  const agent = people[0];
  const person = agent ?? others[0];
  if (!person) return null;
  return {
    userId: person.userId,
    email: person.email,
    firstName: person.firstName,
    name: `${person.firstName} ${person.lastName}`.trim(),
    pipelineId: agent?.pipelineId ?? null,
    out: agent !== undefined && agent.standing !== "open" && agent.standing !== "hired",
    organization: orgs[0]?.name ?? "",
    applicationId: newest[0]?.id,
    nameOf: (type) => types.find(({ key }) => key === type)?.name ?? type,
  };
}

/** The one place where somebody uploads a document of a type. */
export const uploadPath = (type: string) => `/documents?type=${encodeURIComponent(type)}`;

/** A notice to the owner where they have a login, a mail with one link, and notices to others. */
export async function tellOwner(
  ctx: Ctx,
  owner: Owner,
  told: {
    notice?: Omit<Notice, "userId">;
    mail?: { template: TemplateName; values: Record<string, string>; path: string; dedupeKey: string };
    others?: Notice[];
  },
): Promise<Effect> {
  const own = told.notice && owner.userId ? [{ ...told.notice, userId: owner.userId }] : [];
  const noticed = notify(ctx, [...own, ...(told.others ?? [])]);
  if (!told.mail) return noticed;
  // Without a login their own page is that of their newest application.
  const stranger = owner.userId === null ? owner.applicationId : undefined;
  const links = await newStatusLinks(ctx, stranger ? [stranger] : []);
  const mail = queueEmail(ctx, {
    to: owner.email,
    userId: owner.userId,
    template: told.mail.template,
    values: {
      firstName: owner.firstName,
      organization: owner.organization,
      ...told.mail.values,
      url: links.urls.get(stranger ?? "") ?? link(ctx.env, told.mail.path),
    },
    dedupeKey: told.mail.dedupeKey,
  });
  return {
    writes: [...links.writes, mail.write, ...noticed.writes],
    events: noticed.events,
    after: mail.wake,
  };
}
