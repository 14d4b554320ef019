import type { CandidateInterview } from "../../worker/features/interviews/schema";
import { type Rendered, renderPage, type Site } from "./document";
import { StatusInterviews } from "./status-interviews";

/** What a personal link shows of an application. Times are ISO 8601. */
export interface StatusView {
  site: Site;
  /** Of this page, with its secret. */
  path: string;
  firstName: string;
  job: { title: string; href: string | null };
  kind: "open" | "hired" | "rejected" | "withdrawn";
  now: { name: string; since: string; next: string | null };
  /** Until when an answer is promised. */
  promise: { by: string; late: boolean } | null;
  stages: { name: string; state: "done" | "current" | "ahead"; at: string | null }[];
  /** The newest first. */
  history: { name: string; at: string }[];
  requests: { id: string; name: string; message: string | null; dueDate: string | null }[];
  interviews: CandidateInterview[];
  account: { kind: "login" | "register"; href: string };
}

const dayWords = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "long",
  year: "numeric",
  timeZone: "UTC",
});

/** A day in words. The script writes it anew in the reader's language and time zone. */
export function Day({ at }: { at: string }) {
  return (
    <time datetime={at} data-day="">
      {dayWords.format(new Date(at))}
    </time>
  );
}

/** Said to a screen reader, and shown for a while, when the page changes under one's eyes. */
function news({ now, kind, job }: StatusView): string {
  if (kind === "open") return `Your application moved on. It is here now: ${now.name}.`;
  if (kind === "hired") return `Good news: the job ${job.title} is yours.`;
  return kind === "rejected"
    ? "There is a decision about your application."
    : "Your application is withdrawn.";
}

/** Where an application stands, for whoever has the personal link to it. */
export function renderStatus(view: StatusView, style: string): Rendered {
  const { site, job, path } = view;
  return renderPage(
    {
      site,
      title: `Your application: ${job.title} – ${site.name}`,
      script: "/pages/status.js",
      children: (
        <div class="status" data-live={`${path}/live`} data-keep={`${path}/keep`}>
          <p class="status-news" role="status" />
          <div class="status-body" data-now={`${view.kind} ${view.now.name}`} data-news={news(view)}>
            <p class="status-about">
              Your application at <span dir="auto">{site.name}</span>
            </p>
            <h1 dir="auto">{job.title}</h1>
            <Standing view={view} />
            <StatusInterviews view={view} />
            <Requests view={view} />
            <Path view={view} />
            <History view={view} />
            <Ways view={view} />
          </div>
        </div>
      ),
    },
    style,
  );
}

function Standing({ view }: { view: StatusView }) {
  const { firstName, kind, now, promise, site } = view;
  if (kind !== "open") return <Over view={view} />;
  return (
    <section class="status-now" aria-labelledby="now">
      <h2 id="now" class="status-label">
        Where you stand, {firstName}
      </h2>
      <p class="status-stage" dir="auto">
        {now.name}
      </p>
      <p class="status-since">
        since <Day at={now.since} />
      </p>
      {now.next && (
        <p dir="auto">
          <strong>What happens next:</strong> {now.next}
        </p>
      )}
      {promise &&
        (promise.late ? (
          <p class="status-late">
            We promised an answer by <Day at={promise.by} />. It is late; we told the team.
          </p>
        ) : (
          <p class="status-promise">
            <span dir="auto">{site.name}</span> promises you an answer by <Day at={promise.by} />.
          </p>
        ))}
    </section>
  );
}

/** How it ended, said kindly. */
function Over({ view }: { view: StatusView }) {
  const { firstName, kind, now, site } = view;
  return (
    <section class="status-now status-over" aria-labelledby="now">
      <h2 id="now" class="status-label">
        How it ended, {firstName}
      </h2>
      <p class="status-stage" dir="auto">
        {now.name}
      </p>
      <p class="status-since">
        since <Day at={now.since} />
      </p>
      {kind === "hired" && <p>Congratulations, and welcome!</p>}
      {kind === "rejected" && (
        <p>
          Thank you for the time that you gave us. We won’t go on with your application this time. That says
          something about this job, and little about you: we would be glad to hear from you again.
        </p>
      )}
      {kind === "withdrawn" && (
        <p>
          Nobody works on this application any more. You are welcome to apply for another job at any time.
        </p>
      )}
      {kind === "hired" && now.next && <p dir="auto">{now.next}</p>}
      {kind !== "hired" && (
        <p>
          <a href={`/careers/${site.slug}`}>See what else is open</a>
        </p>
      )}
    </section>
  );
}

function Requests({ view: { requests, account } }: { view: StatusView }) {
  if (requests.length === 0) return null;
  return (
    <section aria-labelledby="asked">
      <h2 id="asked">What we ask of you</h2>
      <ul class="status-asked">
        {requests.map(({ id, name, message, dueDate }) => (
          <li key={id}>
            <strong dir="auto">{name}</strong>
            {dueDate && (
              <>
                , by <Day at={`${dueDate}T12:00:00.000Z`} />
              </>
            )}
            {message && <p dir="auto">{message}</p>}
          </li>
        ))}
      </ul>
      <p>
        <a class="button button-primary button-m" href={account.href}>
          {account.kind === "login" ? "Log in to send it" : "Make an account to send it"}
        </a>
      </p>
    </section>
  );
}

const SAID = { done: "passed", current: "you are here", ahead: "still ahead" } as const;

function Path({ view: { stages } }: { view: StatusView }) {
  if (stages.length < 2) return null;
  return (
    <section aria-labelledby="way">
      <h2 id="way">The way</h2>
      <ol class="status-path">
        {stages.map(({ name, state, at }, i) => (
          <li
            key={`${i} ${name}`}
            class={`status-stop status-${state}`}
            aria-current={state === "current" ? "step" : undefined}
          >
            <span dir="auto">{name}</span>
            <span class="sr-only">, {SAID[state]}</span>
            {at && (
              <span class="status-at">
                <Day at={at} />
              </span>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}

function History({ view: { history } }: { view: StatusView }) {
  return (
    <section aria-labelledby="so-far">
      <h2 id="so-far">So far</h2>
      <ol class="status-history" reversed>
        {history.map(({ name, at }) => (
          <li key={at}>
            <Day at={at} />
            <span dir="auto">{name}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** What else can be done from here. */
function Ways({ view: { path, kind, job, account } }: { view: StatusView }) {
  return (
    <section class="status-ways" aria-label="What you can do">
      <p class="status-again">
        <a href={path}>Look again</a>
        <span class="status-live" hidden>
          This page changes by itself.
        </span>
      </p>
      {job.href && (
        <p>
          <a href={job.href}>Read about the job again</a>
        </p>
      )}
      <p>
        {account.kind === "register" ? (
          <>
            <a href={account.href}>Make an account</a> with the same e-mail address to find all your
            applications, and to change what you sent.
          </>
        ) : (
          <>
            <a href={account.href}>Log in</a> to find all your applications.
          </>
        )}
      </p>
      {kind === "open" && (
        <details class="status-withdraw">
          <summary>Withdraw my application</summary>
          <form method="post" action={`${path}/withdraw`}>
            <p>Nobody goes on with it then, and you can’t take this back here.</p>
            <button type="submit" class="button button-danger button-m">
              Yes, withdraw it
            </button>
          </form>
        </details>
      )}
    </section>
  );
}
