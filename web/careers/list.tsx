import { Description } from "./description";
import { type Rendered, renderPage, type Site } from "./document";
import { type OpenJob, withSource } from "./facts";
import { JobItems } from "./job-items";
import { type Choices, isNarrowed, type ListFilter, Search } from "./search";

export interface ListPage {
  site: Site;
  filter: ListFilter;
  choices: Choices;
  jobs: OpenJob[];
  /** Where the list goes on, and whether it began before. */
  next: string | null;
  goesOn: boolean;
  /** The newest jobs, shown where nothing matches. */
  newest: OpenJob[];
  /** Where its reader came from. */
  source: string | null;
}

/** The page of open jobs: all of them, or what is searched for. */
export function renderList(page: ListPage, style: string): Rendered {
  const { site, filter, source } = page;
  const narrowed = isNarrowed(filter);
  const title = `Jobs at ${site.name}`;
  const plain = !narrowed && !page.goesOn;
  return renderPage(
    {
      site,
      title: narrowed ? `Search – ${title}` : title,
      description: (site.about ?? `Open jobs at ${site.name}.`).replace(/\s+/g, " ").slice(0, 200),
      // A search is no page of its own to a search engine.
      ...(plain ? { canonical: site.home } : {}),
      source,
      children: <Jobs {...page} />,
    },
    style,
  );
}

function Jobs({ site, filter, choices, jobs, next, goesOn, newest, source }: ListPage) {
  const home = `/careers/${site.slug}`;
  const narrowed = isNarrowed(filter);
  const first = !narrowed && !goesOn;
  const nothing = jobs.length === 0;
  const listed = { org: site.slug, language: site.language, source };
  return (
    <>
      <div class="hero">
        <h1 dir="auto">{site.headline ?? `Jobs at ${site.name}`}</h1>
        {first && site.about && (
          <div class="about" lang={site.language}>
            <Description text={site.about} />
          </div>
        )}
      </div>
      {(narrowed || goesOn || !nothing) && (
        <Search filter={filter} choices={choices} action={home} source={source} />
      )}
      {narrowed && (
        <p class="found" role="status">
          {nothing ? "No open job matches." : found(jobs.length, next !== null || goesOn)}{" "}
          <a href={withSource(home, source)}>Show all jobs</a>
        </p>
      )}
      <JobItems jobs={jobs} {...listed} />
      {narrowed && nothing && newest.length > 0 && (
        <section class="section">
          <h2>What else is open</h2>
          <JobItems jobs={newest} under={3} {...listed} />
        </section>
      )}
      {!narrowed && nothing && (
        <p class="nothing">
          {goesOn
            ? "That was the last one."
            : "There is no open job at the moment. New ones are posted here, so come back another time."}
        </p>
      )}
      {(next !== null || (goesOn && !narrowed)) && (
        <nav class="pages" aria-label="More jobs">
          {goesOn && <a href={withSource(home, source)}>Back to the newest</a>}
          {next !== null && (
            <a class="button button-quiet" href={next}>
              Show more jobs
            </a>
          )}
        </nav>
      )}
    </>
  );
}

function found(count: number, more: boolean): string {
  if (more) return "Jobs that match:";
  return count === 1 ? "1 job matches." : `${count} jobs match.`;
}
