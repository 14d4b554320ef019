import { Description } from "./description";
import { type Rendered, renderPage, type Site } from "./document";
import {
  dayWords,
  experienceWords,
  isoDay,
  localeOf,
  type OpenJob,
  type PublicJob,
  placeWords,
  salaryWords,
  typeWords,
  withSource,
} from "./facts";
import { JobItems } from "./job-items";

export interface JobPage {
  site: Site;
  job: PublicJob;
  /** schema.org data for search engines, where all of it is known. */
  posting: object | null;
  /** Others that are open. */
  others: OpenJob[];
  source: string | null;
  /** A draft, or a job that isn't open: shown to the team alone. */
  preview?: boolean;
}

/** The page of one job. */
export function renderJob(page: JobPage, style: string): Rendered {
  const { site, job, posting } = page;
  const facts = [placeWords(job), typeWords(job), salaryWords(job, site.language)]
    .filter(Boolean)
    .join(" · ");
  const picture = site.logo === null ? {} : { picture: new URL(site.logo, site.home).href };
  return renderPage(
    {
      site,
      title: `${job.title} – ${site.name}`,
      description: `${facts}. ${job.description}`.replace(/\s+/g, " ").slice(0, 200),
      ...(page.preview ? {} : { canonical: `${site.home}/${job.slug}`, ...picture }),
      ...(posting === null ? {} : { data: posting }),
      source: page.source,
      children: <Job {...page} />,
    },
    style,
  );
}

function Job({ site, job, others, source }: JobPage) {
  const home = `/careers/${site.slug}`;
  const apply = withSource(`${home}/${job.slug}/apply`, source);
  return (
    <>
      <p class="back">
        <a href={withSource(home, source)}>All jobs</a>
      </p>
      <article>
        <div class="hero">
          <h1 dir="auto">{job.title}</h1>
          <Facts job={job} language={site.language} />
          <a class="button button-primary button-l" href={apply}>
            Apply
          </a>
        </div>
        {job.description.trim() !== "" && (
          <div class="words" lang={site.language}>
            <Description text={job.description} />
          </div>
        )}
        <Skills title="What you need" skills={job.requiredSkills} />
        <Skills title="Nice to have" skills={job.niceToHaveSkills} />
        <div class="apply">
          <a class="button button-primary button-l" href={apply}>
            Apply for this job
          </a>
          <p class="quiet">No account needed. A CV is enough to begin.</p>
        </div>
      </article>
      {others.length > 0 && (
        <section class="section">
          <h2>Other open jobs</h2>
          <JobItems jobs={others} org={site.slug} language={site.language} source={source} under={3} />
        </section>
      )}
    </>
  );
}

function Facts({ job, language }: { job: PublicJob; language: string }) {
  const start = job.startDate === null ? null : dayWords(job.startDate, language);
  const facts: [name: string, words: string | null][] = [
    ["Location", placeWords(job)],
    ["Department", job.department],
    ["Type", typeWords(job)],
    ["Salary", salaryWords(job, language)],
    ["Experience", experienceWords(job)],
    ["Start", start],
    ["Openings", job.openings > 1 ? new Intl.NumberFormat(localeOf(language)).format(job.openings) : null],
  ];
  return (
    <dl class="facts">
      {facts.map(
        ([name, words]) =>
          words !== null && (
            <div key={name}>
              <dt>{name}</dt>
              <dd dir="auto">{words}</dd>
            </div>
          ),
      )}
      {job.postedAt !== null && (
        <div>
          <dt>Posted</dt>
          <dd>
            <time dateTime={isoDay(job.postedAt)}>{dayWords(job.postedAt, language)}</time>
          </dd>
        </div>
      )}
    </dl>
  );
}

function Skills({ title, skills }: { title: string; skills: string[] }) {
  if (skills.length === 0) return null;
  return (
    <section class="section">
      <h2>{title}</h2>
      <ul class="skills">
        {skills.map((skill) => (
          <li key={skill} dir="auto">
            {skill}
          </li>
        ))}
      </ul>
    </section>
  );
}
