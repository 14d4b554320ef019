import type { JobStatus } from "../../worker/features/jobs/words";
import { type Rendered, renderPage, type Site } from "./document";
import { type OpenJob, withSource } from "./facts";
import { JobItems } from "./job-items";

export interface GonePage {
  site: Site;
  job: { title: string; status: JobStatus };
  /** What is open instead. */
  others: OpenJob[];
  source: string | null;
}

const WHY: Partial<Record<JobStatus, string>> = {
  filled: "Somebody was found for this job, so it takes no more applications.",
  on_hold: "This job takes no applications at the moment. It may open again.",
};

/** The page of a job that is no longer open. */
export function renderGone({ site, job, others, source }: GonePage, style: string): Rendered {
  const home = withSource(`/careers/${site.slug}`, source);
  return renderPage(
    {
      site,
      title: `${job.title} is no longer open – ${site.name}`,
      source,
      children: (
        <>
          <div class="hero">
            <h1 dir="auto">{job.title}</h1>
            <p>{WHY[job.status] ?? "This job is closed and takes no more applications."}</p>
          </div>
          {others.length > 0 ? (
            <section class="section">
              <h2>What else is open</h2>
              <JobItems jobs={others} org={site.slug} language={site.language} source={source} under={3} />
            </section>
          ) : (
            <p>There is no other open job at the moment.</p>
          )}
          <p class="back">
            <a href={home}>All jobs</a>
          </p>
        </>
      ),
    },
    style,
  );
}
