import type { ComponentChildren } from "preact";
import {
  EQUAL_PREFIX,
  type EqualOpportunityQuestion,
  HIDDEN_FIELDS,
} from "../../worker/features/apply/words";
import type { FormField, Job } from "../../worker/features/jobs/schema";
import { titled } from "./apply/words";
import {
  ACTION,
  Choose,
  FilePick,
  type Filled,
  idOf,
  type KeptFile,
  Line,
  Question,
  type Values,
} from "./apply-fields";
import { type Rendered, renderPage, type Site } from "./document";
import { placeWords, typeWords, withSource } from "./facts";

export type { KeptFile, Values } from "./apply-fields";

/** What is wrong with a field, or with the whole where `field` is null. */
export interface Mend {
  field: string | null;
  message: string;
}

export interface ApplyPage {
  site: Site;
  job: Pick<Job, "slug" | "title" | "location" | "remote" | "department" | "employmentType">;
  /** The version of the form, with what it asks. */
  version: number;
  fields: readonly FormField[];
  equalOpportunity: readonly EqualOpportunityQuestion[];
  /** When the page was made first, signed. */
  stamp: string;
  values: Values;
  files: readonly KeptFile[];
  errors: readonly Mend[];
  /** What happened, where something did that is no mistake: a draft found again, a file removed. */
  notice: string | null;
  /** The secret of what is kept, once something is. */
  draft: string | null;
  source: string | null;
}

/** Path of the script that makes the page quicker to fill in. */
const SCRIPT = "/pages/apply.js";

/** The page on which one applies. It does all that it must without script. */
export function renderApply(page: ApplyPage, style: string): Rendered {
  const { site, job, errors } = page;
  const wrong = errors.length === 0 ? "" : `${countWords(errors.length)}: `;
  return renderPage(
    {
      site,
      title: `${wrong}Apply: ${job.title} – ${site.name}`,
      source: page.source,
      script: SCRIPT,
      children: <Apply {...page} />,
    },
    style,
  );
}

const countWords = (count: number) => (count === 1 ? "1 thing to mend" : `${count} things to mend`);

function Apply(page: ApplyPage) {
  const { site, job, source, errors } = page;
  const path = `/careers/${site.slug}/${job.slug}`;
  const labels = new Map(page.fields.map(({ key, label }) => [key, label]));
  const filled: Filled = {
    values: page.values,
    files: page.files,
    errors: new Map(
      errors.flatMap(({ field, message }) => (field === null ? [] : [[field, message] as const])),
    ),
  };
  const facts = [job.department, placeWords(job), typeWords(job)].filter(Boolean).join(" · ");
  return (
    <>
      <p class="back">
        <a href={withSource(path, source)}>Back to the job</a>
      </p>
      <h1 dir="auto">{job.title}</h1>
      <p class="facts" dir="auto">
        {facts}
      </p>
      <p class="lead">You need no account. Begin with your CV, or go straight to the questions.</p>
      {page.notice !== null && (
        <p class="notice" role="status">
          {page.notice}
          {page.draft !== null && (
            <>
              {" "}
              <a href={withSource(`${path}/apply`, source)} data-afresh>
                Start afresh
              </a>
            </>
          )}
        </p>
      )}
      <Problems errors={errors} labels={labels} />
      <form
        class="apply"
        method="post"
        action={`${path}/apply`}
        encType="multipart/form-data"
        noValidate
        data-org={site.slug}
        data-job={job.slug}
      >
        {/* Enter in a field takes the first button, which must not be one that removes a file. */}
        <button type="submit" class="sr-only" tabIndex={-1} aria-hidden="true" name={ACTION} value="send">
          Send
        </button>
        <Hidden page={page} />
        <Part name="cv" title="Your CV">
          <FilePick filled={filled} name="cv" label="CV or résumé" hint={null} required={false} />
        </Part>
        <Part name="about" title="About you">
          <div class="pair">
            <Line
              filled={filled}
              name="firstName"
              label="First name"
              required
              input={{ autoComplete: "given-name", maxLength: 200 }}
            />
            <Line
              filled={filled}
              name="lastName"
              label="Last name"
              input={{ autoComplete: "family-name", maxLength: 200 }}
            />
          </div>
          <Line
            filled={filled}
            name="email"
            label="E-mail address"
            hint="Your personal link goes here. With it you see at any time where you stand."
            required
            input={{ type: "email", autoComplete: "email", maxLength: 254, spellcheck: false }}
          />
          <Line
            filled={filled}
            name="phone"
            label="Phone"
            input={{ type: "tel", autoComplete: "tel", maxLength: 20 }}
          />
          <Line
            filled={filled}
            name={HIDDEN_FIELDS.links}
            label="Links"
            hint="LinkedIn, portfolio, own site: one a line."
            rows={2}
          />
        </Part>
        {page.fields.length > 0 && (
          <Part name="questions" title={`Questions from ${site.name}`}>
            {page.fields.map((field) => (
              <Question key={field.key} filled={filled} field={field} />
            ))}
          </Part>
        )}
        {page.equalOpportunity.length > 0 && <EqualOpportunity page={page} filled={filled} />}
        <Part name="review" title="Send">
          <div data-review hidden />
          <p class="quiet">
            Your application goes to {site.name}.
            {site.privacy.policyUrl && (
              <>
                {" "}
                <a href={site.privacy.policyUrl}>How it is kept, and your rights</a>.
              </>
            )}
          </p>
          <button type="submit" class="button button-primary button-l" name={ACTION} value="send" data-send>
            Send my application
          </button>
          <p class="later" data-later hidden>
            <button class="button button-plain" type="button" data-mail>
              Mail me a link to go on later
            </button>
          </p>
        </Part>
      </form>
      <p class="sr-only" role="status" data-said />
    </>
  );
}

/** What is wrong, above everything: each leads to its field. */
function Problems({ errors, labels }: { errors: readonly Mend[]; labels: ReadonlyMap<string, string> }) {
  if (errors.length === 0) return null;
  return (
    <section class="problems" id="problems" tabIndex={-1} aria-labelledby="problems-title" autofocus>
      <h2 id="problems-title">{countWords(errors.length)} before it can be sent</h2>
      <ul>
        {errors.map(({ field, message }) => (
          <li key={`${field} ${message}`}>
            {field === null ? (
              message
            ) : (
              <a href={`#${idOf(field)}`} dir="auto">
                {titled(LABELS[field] ?? labels.get(field) ?? "Form", message)}
              </a>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

const LABELS: Readonly<Record<string, string>> = {
  cv: "CV",
  firstName: "First name",
  lastName: "Last name",
  email: "E-mail address",
  phone: "Phone",
  [HIDDEN_FIELDS.links]: "Links",
};

function Hidden({ page }: { page: ApplyPage }) {
  const { version, stamp, draft, source } = page;
  return (
    <>
      <input type="hidden" name={HIDDEN_FIELDS.version} value={version} />
      <input type="hidden" name={HIDDEN_FIELDS.stamp} value={stamp} />
      <input type="hidden" name={HIDDEN_FIELDS.proof} />
      <input type="hidden" name={HIDDEN_FIELDS.draft} value={draft ?? ""} />
      {source !== null && <input type="hidden" name="source" value={source} />}
      <div class="skip" aria-hidden="true">
        <label>
          Leave this empty
          <input type="text" name={HIDDEN_FIELDS.trap} tabIndex={-1} autoComplete="off" />
        </label>
      </div>
    </>
  );
}

function Part({ name, title, children }: { name: string; title: string; children: ComponentChildren }) {
  return (
    <section class="part" data-part={name} aria-labelledby={`part-${name}`}>
      <h2 id={`part-${name}`} dir="auto">
        {title}
      </h2>
      <div class="part-body">{children}</div>
    </section>
  );
}

function EqualOpportunity({ page, filled }: { page: ApplyPage; filled: Filled }) {
  return (
    <Part name="equal" title="Equal opportunity (voluntary)">
      <p class="quiet" id="equal-words">
        {page.site.name} asks this of everybody to see whether its hiring is fair. You needn’t answer any of
        it. The answers are kept apart from your application: nobody who decides about it sees them, and they
        are only ever shown as sums of many people.
      </p>
      <div class="pair" role="group" aria-labelledby="part-equal" aria-describedby="equal-words">
        {page.equalOpportunity.map(({ key, label, options }) => (
          <Choose
            key={key}
            filled={filled}
            name={`${EQUAL_PREFIX}${key}`}
            label={label}
            required={false}
            options={options}
          />
        ))}
      </div>
    </Part>
  );
}
