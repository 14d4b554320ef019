import { dayWords, isoDay, type OpenJob, placeWords, salaryWords, typeWords, withSource } from "./facts";

interface Props {
  jobs: readonly OpenJob[];
  /** The organization's short name. */
  org: string;
  language: string;
  source: string | null;
  /** The level of their headings. */
  under?: 2 | 3;
}

/** Open jobs, each with what decides whether one reads on. */
export function JobItems({ jobs, org, language, source, under = 2 }: Props) {
  const Heading = `h${under}` as const;
  return (
    <ul class="jobs">
      {jobs.map((job) => {
        const salary = salaryWords(job, language);
        return (
          <li key={job.id} class="job">
            <Heading dir="auto">
              <a href={withSource(`/careers/${org}/${job.slug}`, source)}>{job.title}</a>
            </Heading>
            <p dir="auto">{[job.department, placeWords(job), typeWords(job)].filter(Boolean).join(" · ")}</p>
            {(salary !== null || job.postedAt !== null) && (
              <p class="quiet">
                {salary}
                {salary !== null && job.postedAt !== null && " · "}
                {job.postedAt !== null && (
                  <>
                    Posted <time dateTime={isoDay(job.postedAt)}>{dayWords(job.postedAt, language)}</time>
                  </>
                )}
              </p>
            )}
          </li>
        );
      })}
    </ul>
  );
}
