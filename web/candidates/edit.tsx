import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { Candidate, CandidateDetail } from "../../worker/features/candidates/schema";
import { FormProblem } from "../account/form-parts";
import { mergeChanges } from "../agent/merge";
import { get, ProblemError, put } from "../lib/client";
import { type Form, useForm } from "../lib/form";
import { Banner, Button, SidePanel, TagField, TextArea, TextField } from "../ui";
import { SourceField } from "./add";
import { RowsField } from "./edit-rows";
import { changeOf, FIELD_NAMES, type Fields, fieldsOf, lines, troublesOf } from "./fields";

export interface EditCandidateProps {
  candidate: Candidate;
  open: boolean;
  onClose: () => void;
  onSaved: (candidate: CandidateDetail) => void;
}

/** The whole profile as a form beside the page. */
export function EditCandidate({ candidate, open, onClose, onSaved }: EditCandidateProps) {
  const [changed, setChanged] = useState(false);
  const [asked, setAsked] = useState(false);
  const leave = () => {
    setAsked(false);
    setChanged(false);
    onClose();
  };
  return (
    <SidePanel
      open={open}
      onClose={() => (changed && !asked ? setAsked(true) : leave())}
      title={`Profile of ${candidate.name}`}
    >
      {open && (
        <EditForm
          key={candidate.id}
          candidate={candidate}
          asked={asked}
          onStay={() => setAsked(false)}
          onChanged={setChanged}
          onLeave={leave}
          onSaved={(saved) => {
            setAsked(false);
            setChanged(false);
            onSaved(saved);
          }}
        />
      )}
    </SidePanel>
  );
}

interface EditFormProps {
  candidate: Candidate;
  /** Whether one is about to leave with changes that are not saved. */
  asked: boolean;
  onStay: () => void;
  onChanged: (changed: boolean) => void;
  onLeave: () => void;
  onSaved: (candidate: CandidateDetail) => void;
}

interface Clash {
  names: (keyof Fields)[];
  theirs: Fields;
}

function EditForm({ candidate, asked, onStay, onChanged, onLeave, onSaved }: EditFormProps) {
  // What the form began with: live updates of the page behind must not change what one is writing.
  const [base, setBase] = useState({ fields: fieldsOf(candidate), version: candidate.version });
  const [clash, setClash] = useState<Clash | null>(null);
  const path = `/api/candidates/${candidate.id}`;

  const form = useForm<Fields>({
    initial: base.fields,
    validate: troublesOf,
    submit: async (values) => {
      const change = changeOf(base.fields, values);
      if (Object.keys(change).length === 0) return onLeave();
      try {
        onSaved(await put<CandidateDetail>(path, change, { ifMatch: base.version }));
      } catch (error) {
        if (!(error instanceof ProblemError) || error.status !== 412) throw error;
        const current = await get<CandidateDetail>(path);
        const theirs = fieldsOf(current);
        const { values: both, clashes } = mergeChanges(base.fields, values, theirs);
        if (clashes.length === 0) {
          const mine = changeOf(theirs, both);
          return onSaved(await put<CandidateDetail>(path, mine, { ifMatch: current.version }));
        }
        setClash({ names: clashes, theirs });
        setBase({ fields: theirs, version: current.version });
        form.reset(theirs);
        for (const name of Object.keys(both) as (keyof Fields)[]) form.set(name, both[name]);
      }
    },
  });
  onChanged(form.changed);

  const takeTheirs = () => {
    for (const name of clash?.names ?? []) form.set(name, clash?.theirs[name] ?? "");
    setClash(null);
  };

  return (
    <form class="cand-edit" onSubmit={form.onSubmit} noValidate>
      <div class="stack cand-edit-body">
        {clash && (
          <Banner
            tone="warn"
            role="alert"
            action={
              <Button size="s" onClick={takeTheirs}>
                Take theirs
              </Button>
            }
          >
            Somebody else saved this profile meanwhile and also changed{" "}
            {new Intl.ListFormat("en").format(clash.names.map((name) => said(name, clash.theirs)))}. Save
            again to put yours in its place, or take theirs.
          </Banner>
        )}
        <FormProblem>{form.problem}</FormProblem>
        <Sections form={form} />
      </div>
      <div class="cand-edit-foot">
        {asked ? (
          <>
            <span role="alert">Your changes are not saved.</span>
            <Button onClick={onLeave}>Throw them away</Button>
            <Button variant="primary" onClick={onStay}>
              Go on editing
            </Button>
          </>
        ) : (
          <>
            <Button onClick={onLeave}>Cancel</Button>
            <Button type="submit" variant="primary" busy={form.pending}>
              {clash ? "Save mine" : "Save"}
            </Button>
          </>
        )}
      </div>
    </form>
  );
}

/** A field that clashes, with what stands there now where that is short. */
function said(name: keyof Fields, theirs: Fields): string {
  if (name === "experience" || name === "education") return FIELD_NAMES[name];
  const value = lines(theirs[name]).join(", ");
  return value.length > 60 ? FIELD_NAMES[name] : `${FIELD_NAMES[name]} (“${value || "empty"}”)`;
}

function Sections({ form }: { form: Form<Fields> }) {
  const web = { inputMode: "url", spellcheck: false, maxLength: 500, placeholder: "https://" } as const;
  const list = (name: keyof Fields, label: string) => (
    <TagField
      label={label}
      optional
      values={lines(form.values[name])}
      error={form.errors[name]}
      name={name}
      onValues={(values) => form.set(name, values.join("\n"))}
    />
  );
  return (
    <>
      <Section title="Who">
        <div class="cand-pair">
          <TextField {...form.field("firstName")} label="First name" required maxLength={200} />
          <TextField {...form.field("lastName")} label="Last name" maxLength={200} />
          <TextField {...form.field("currentRole")} label="Current role" optional maxLength={200} />
          <TextField {...form.field("currentCompany")} label="Current company" optional maxLength={200} />
        </div>
      </Section>
      <Section title="How to reach them">
        <div class="cand-pair">
          <TextField
            {...form.field("email")}
            label="E-mail address"
            type="email"
            required
            spellcheck={false}
          />
          <TextField {...form.field("phone")} label="Phone" optional type="tel" />
          <TextField {...form.field("city")} label="City" optional maxLength={100} />
          <TextField {...form.field("country")} label="Country" optional maxLength={100} />
        </div>
        <TextField {...form.field("address")} label="Address" optional maxLength={300} />
        <div class="cand-pair">
          <TextField {...form.field("linkedinUrl")} {...web} label="LinkedIn" optional />
          <TextField {...form.field("portfolioUrl")} {...web} label="Portfolio" optional />
        </div>
        <TextArea
          {...form.field("links")}
          label="Other links"
          hint="One a line"
          optional
          rows={1}
          spellcheck={false}
        />
      </Section>
      <Section title="Skills">
        {list("skills", "Skills")}
        <div class="cand-pair">
          <TextField
            {...form.field("experienceYears")}
            label="Years of experience"
            optional
            inputMode="decimal"
            maxLength={5}
          />
        </div>
        {list("languages", "Languages")}
        {list("certifications", "Certifications")}
      </Section>
      <Section title="Experience" hint="The newest first. Write a year, a month or a day: 2024, 2024-05.">
        <RowsField {...rows(form, "experience")} one="job" />
      </Section>
      <Section title="Education">
        <RowsField {...rows(form, "education")} one="school" />
      </Section>
      <Section title="In their words">
        <TextArea {...form.field("summary")} label="Summary" optional rows={3} maxLength={10_000} />
        <TextArea {...form.field("coverLetter")} label="Cover letter" optional rows={3} maxLength={20_000} />
      </Section>
      <Section title="For the team">
        {list("tags", "Tags")}
        <SourceField {...form.field("source")} />
      </Section>
    </>
  );
}

function rows(form: Form<Fields>, part: "experience" | "education") {
  return {
    part,
    value: form.values[part],
    error: form.errors[part],
    onValue: (value: string) => form.set(part, value),
  };
}

interface SectionProps {
  title: string;
  hint?: string;
  children: ComponentChildren;
}

function Section({ title, hint, children }: SectionProps) {
  return (
    <fieldset class="cand-section">
      <legend>{title}</legend>
      {hint && <p class="field-hint">{hint}</p>}
      {children}
    </fieldset>
  );
}
