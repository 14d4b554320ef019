import { type Rendered, renderPage, type Site } from "./document";
import { withSource } from "./facts";

export interface SentPage {
  site: Site;
  job: { slug: string; title: string };
  /** Where the mail goes; null where this browser didn't send it. */
  email: string | null;
  /** Days within which the organization promises an answer, where it does. */
  replyByDays: number | null;
  source: string | null;
}

/** What one sees after an application was sent: it is there, and what happens next. */
export function renderSent(page: SentPage, style: string): Rendered {
  const { site, job } = page;
  return renderPage(
    { site, title: `Sent: ${job.title} – ${site.name}`, source: page.source, children: <Sent {...page} /> },
    style,
  );
}

function Sent({ site, job, email, replyByDays, source }: SentPage) {
  return (
    <div class="sent">
      <svg class="sent-mark" viewBox="0 0 48 48" aria-hidden="true">
        <circle cx="24" cy="24" r="23" />
        <path d="M14 25l7 7 13-15" />
      </svg>
      <h1>Your application is sent</h1>
      <p dir="auto">
        {site.name} has it: <b>{job.title}</b>.
      </p>
      <h2>What happens next</h2>
      <ol class="next">
        <li>
          A mail with your personal link is on its way{email !== null && <> to </>}
          {email !== null && <b dir="ltr">{email}</b>}. If it isn’t there in a few minutes, look among
          unwanted mail.
        </li>
        <li>
          A person reads what you sent.
          {replyByDays !== null && ` You have an answer within ${daysWords(replyByDays)}.`}
        </li>
        <li>
          Your link shows at any time where you stand, without an account. If {site.name} asks something of
          you, you find it there too.
        </li>
      </ol>
      <p>
        <a class="button button-quiet" href={withSource(`/careers/${site.slug}`, source)}>
          See other jobs
        </a>
      </p>
    </div>
  );
}

const daysWords = (days: number) => (days === 1 ? "a day" : `${days} days`);

export interface KnownPage {
  site: Site;
  job: { slug: string; title: string };
  email: string;
  source: string | null;
}

/** Somebody applied before: nothing was lost, and the link can be had again. */
export function renderKnown(page: KnownPage, style: string): Rendered {
  const { site, job, email } = page;
  return renderPage(
    {
      site,
      title: `You applied already – ${site.name}`,
      source: page.source,
      children: (
        <div class="sent">
          <h1>You applied for this job already</h1>
          <p dir="auto">
            {site.name} has your application for <b>{job.title}</b>, so this one was not sent a second time.
            Nothing is lost.
          </p>
          <p>Your personal link shows where you stand. We can mail it to you again.</p>
          <form class="again" method="post" action={`/careers/${site.slug}/${job.slug}/resend`}>
            <div class="field">
              <label class="field-label" for="again-email">
                E-mail address
              </label>
              <div class="control">
                <input
                  id="again-email"
                  type="email"
                  name="email"
                  value={email}
                  required
                  autoComplete="email"
                  dir="auto"
                />
              </div>
            </div>
            <button type="submit" class="button button-primary">
              Mail me my link
            </button>
          </form>
        </div>
      ),
    },
    style,
  );
}

/** The answer to who asked for their link: the same whether somebody applied with this address or not. */
export function renderResent({ site, source }: Pick<KnownPage, "site" | "source">, style: string): Rendered {
  return renderPage(
    {
      site,
      title: `Look at your mail – ${site.name}`,
      source,
      children: (
        <div class="sent">
          <h1>Look at your mail</h1>
          <p>
            If there is an application with this address, a new link is on its way to it. It takes a minute or
            two.
          </p>
          <p>
            <a class="button button-quiet" href={withSource(`/careers/${site.slug}`, source)}>
              See other jobs
            </a>
          </p>
        </div>
      ),
    },
    style,
  );
}
