import type { Rendered } from "#careers/document";
import { renderJob } from "#careers/job";
import { renderList } from "#careers/list";
import type { Ctx } from "../../events/context";
import { DomainError, notFound } from "../../lib/errors";
import type { CareersPreview, CareersPreviewQuery, JobPreview } from "../organizations/schema";
import { listQueryOf, loadList, SOME } from "./list";
import { presentOpen, presentPublic, selectNewest, selectPublic } from "./open-jobs";
import { postingOf } from "./posting";
import { presentSite } from "./site";
import { JOBS_STYLE } from "./style";

function presentPreview({ html, style, ownStyle }: Rendered): CareersPreview {
  return {
    html: html.replace(/<style>[^<]*<\/style>/g, ""),
    styles: ownStyle ? [style, ownStyle] : [style],
  };
}

/** The careers page as it would be with what is not saved yet. */
export async function previewCareers(ctx: Ctx, unsaved: CareersPreviewQuery): Promise<CareersPreview> {
  const [rows] = await ctx.db.read(ctx.db.organization());
  const saved = rows[0];
  if (!saved) throw new DomainError("not-found", "This organization is gone.");
  const organization = {
    ...saved,
    name: unsaved.name ?? saved.name,
    brand: { ...saved.brand, ...unsaved.brand },
    privacy: { ...saved.privacy, ...unsaved.privacy },
  };
  const site = presentSite(ctx.env, organization);
  const list = await loadList(ctx.env, { organization, site }, listQueryOf({}), ctx.db.meter);
  return presentPreview(renderList(list, JOBS_STYLE));
}

/**
 * A job's public page as it is, or as it would be if the job were open, in one round trip.
 * @throws DomainError `not-found`
 */
export async function previewJob(ctx: Ctx, id: string): Promise<JobPreview> {
  const [rows, newest, organizations] = await ctx.db.read(
    selectPublic(ctx.db, id),
    selectNewest(ctx.db, SOME + 1),
    ctx.db.organization(),
  );
  const [row, organization] = [rows[0], organizations[0]];
  if (row?.id !== id || !organization) throw notFound("job");
  const site = presentSite(ctx.env, organization);
  const open = row.status === "open";
  // A draft is shown with the day that it would be posted on.
  const job = { ...presentPublic(row), postedAt: row.postedAt ?? ctx.now() };
  const found = postingOf(organization, site, job);
  const others = newest
    .filter((other) => other.id !== row.id)
    .slice(0, SOME)
    .map(presentOpen);
  const page = renderJob({ site, job, posting: null, others, source: null, preview: !open }, JOBS_STYLE);
  return {
    ...presentPreview(page),
    address: open ? `${site.home}/${job.slug}` : null,
    missing: "missing" in found ? found.missing : null,
  };
}
