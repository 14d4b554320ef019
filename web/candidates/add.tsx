import "./candidates.css";
import { useState } from "preact/hooks";
import type { AddedApplication, Application } from "../../worker/features/applications/schema";
import type { Candidate, CandidateDetail } from "../../worker/features/candidates/schema";
import type { Document } from "../../worker/features/documents/schema";
import { emailTrouble, FormProblem } from "../account/form-parts";
import { ACCEPT, fileTrouble, TAKEN } from "../agent/files";
import { errorText, ProblemError, post, upload } from "../lib/client";
import { useForm } from "../lib/form";
import { Button, Dialog, FileDrop, Icon, IconButton, TextField, toast } from "../ui";
import { nameInFile } from "./file-person";
import { KnownPerson, useKnown } from "./known-person";
import { SOURCES } from "./words";

export interface AddCandidateProps {
  /** The job that they are added to; without one they only become a candidate. */
  jobId?: string;
  /** What was made: the application where there is a job, else the candidate. */
  onAdded: (made: AddedApplication | CandidateDetail) => void;
  onClose: () => void;
}

/** Adds somebody by hand, with their CV where one has it. It is open for as long as it is drawn. */
export function AddCandidate(props: AddCandidateProps) {
  return (
    <Dialog open onClose={props.onClose} title={props.jobId ? "Add somebody to this job" : "Add a candidate"}>
      <AddForm {...props} />
    </Dialog>
  );
}

const EMPTY = {
  firstName: "",
  lastName: "",
  email: "",
  phone: "",
  currentRole: "",
  source: "",
};
type Given = Record<string, string>;

function AddForm({ jobId, onAdded, onClose }: AddCandidateProps) {
  const [cv, setCv] = useState<File | null>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  const [sent, setSent] = useState<number | null>(null);
  const [taking, setTaking] = useState(false);
  const [standing, setStanding] = useState<Application | null>(null);
  const form = useForm({
    initial: EMPTY,
    validate: ({ firstName, email }) => ({
      firstName: firstName.trim() ? undefined : "Write a name.",
      email: emailTrouble(email)?.replace("your e-mail", "their e-mail"),
    }),
    submit: async (values, key) => {
      const given: Given = Object.fromEntries(
        Object.entries(values).flatMap(([name, value]) => (value.trim() ? [[name, value.trim()]] : [])),
      );
      try {
        await add(given, key);
      } catch (error) {
        if (!refused(error)) throw error;
      }
      setSent(null);
    },
  });
  const [known, setKnown] = useKnown(form.values.email);

  const add = async (given: Given, key?: string) => {
    if (jobId) return told(await toJob(jobId, given, cv, setSent, key));
    const made = await post<CandidateDetail>("/api/candidates", given, { key });
    if (cv) await uploadCv(made, cv, setSent);
    told(made);
  };
  const told = (made: AddedApplication | CandidateDetail) => {
    if ("documentProblem" in made && made.documentProblem) {
      toast({ text: made.documentProblem, tone: "warn", seconds: 0 });
    } else toast({ text: `${made.name} was added.`, tone: "good" });
    onAdded(made);
  };
  /** Says what the server knows about the person already; false where it refused for another reason. */
  const refused = (error: unknown): boolean => {
    setSent(null);
    if (!(error instanceof ProblemError)) return false;
    const aboutCv = error.problem.errors?.find(({ path }) => path === "cv" || path === "file");
    if (aboutCv) setWrong(aboutCv.message);
    if (aboutCv) return true;
    const current = error.status === 409 ? error.problem.current : null;
    if (!current || typeof current !== "object") return false;
    if ("stageName" in current) setStanding(current as Application);
    else if ("email" in current) setKnown(current as Candidate);
    // Said already, or something else: then in the server's words.
    return "stageName" in current || ("email" in current && known === null);
  };
  const take = async () => {
    if (!known || !jobId) return;
    setTaking(true);
    try {
      await add({ candidateId: known.id });
    } catch (error) {
      if (!refused(error)) toast({ text: errorText(error), tone: "warn" });
    }
    setTaking(false);
  };
  const choose = (file: File) => {
    const trouble = fileTrouble(file);
    setWrong(trouble);
    if (trouble) return;
    setCv(file);
    const name = nameInFile(file.name);
    if (name && !form.values.firstName.trim() && !form.values.lastName.trim()) {
      form.set("firstName", name.firstName);
      form.set("lastName", name.lastName);
    }
  };

  return (
    <form class="stack" onSubmit={form.onSubmit} noValidate>
      <FormProblem>{form.problem}</FormProblem>
      {standing ? (
        <FormProblem>
          {standing.name} stands in {standing.stageName} of this job already.{" "}
          <a href={`/candidates/${standing.candidateId}`}>Open the profile</a>
        </FormProblem>
      ) : (
        known && <KnownPerson known={known} busy={taking} onTake={jobId ? () => void take() : undefined} />
      )}
      {cv && sent === null ? (
        <div class="cand-file">
          <Icon name="file-text" size={20} />
          <span class="cand-file-name">{cv.name}</span>
          <IconButton icon="x" size="s" label={`Leave out ${cv.name}`} onClick={() => setCv(null)} />
        </div>
      ) : (
        <FileDrop
          label="their CV"
          action="Choose their CV"
          hint={`You can do without one. ${TAKEN}`}
          accept={ACCEPT}
          camera={false}
          error={wrong}
          sending={cv && sent !== null ? { fileName: cv.name, fraction: sent } : null}
          onFile={choose}
        />
      )}
      {cv && wrong && <FormProblem>{wrong}</FormProblem>}
      <div class="cand-pair">
        <TextField
          {...form.field("firstName")}
          label="First name"
          required
          maxLength={200}
          autoFocus
          autoComplete="off"
        />
        <TextField {...form.field("lastName")} label="Last name" maxLength={200} autoComplete="off" />
      </div>
      <TextField
        {...form.field("email")}
        onValue={(email) => {
          setStanding(null);
          form.set("email", email);
        }}
        label="E-mail address"
        type="email"
        required
        autoComplete="off"
        spellcheck={false}
      />
      <div class="cand-pair">
        <TextField {...form.field("phone")} label="Phone" optional type="tel" autoComplete="off" />
        <TextField {...form.field("currentRole")} label="Current role" optional maxLength={200} />
      </div>
      <SourceField {...form.field("source")} />
      <div class="row cand-buttons">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="primary" busy={form.pending}>
          {jobId ? "Add to the job" : "Add the candidate"}
        </Button>
      </div>
    </form>
  );
}

interface SourceFieldProps {
  name: string;
  value: string;
  error: string | undefined;
  onValue: (value: string) => void;
}

/** Where somebody came from: a word of one's own, with the usual ones to choose. */
export function SourceField({ value, onValue, ...field }: SourceFieldProps) {
  return (
    <div class="stack cand-source">
      <TextField
        {...field}
        value={value}
        onValue={onValue}
        label="Where they came from"
        optional
        maxLength={100}
      />
      {!value && (
        <ul class="row cand-sources" aria-label="Usual sources">
          {SOURCES.map((source) => (
            <li key={source}>
              <Button size="s" onClick={() => onValue(source)}>
                {source}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** Adds somebody to a job, with the CV in the same request. */
async function toJob(
  jobId: string,
  given: Given,
  cv: File | null,
  onSent: (fraction: number) => void,
  key: string | undefined,
): Promise<AddedApplication> {
  const path = `/api/jobs/${jobId}/candidates`;
  if (!cv) return post<AddedApplication>(path, given, { key });
  const form = new FormData();
  for (const [name, value] of Object.entries(given)) form.set(name, value);
  form.set("cv", cv);
  onSent(0);
  return upload<AddedApplication>(path, form, onSent);
}

/** Uploads the CV of somebody who was just made; where that fails they are there all the same. */
async function uploadCv(made: CandidateDetail, cv: File, onSent: (fraction: number) => void): Promise<void> {
  const form = new FormData();
  form.set("type", "cv");
  form.set("candidateId", made.id);
  form.set("file", cv);
  onSent(0);
  try {
    await upload<Document>("/api/documents/upload", form, onSent);
  } catch (error) {
    toast({
      text: `The CV could not be stored: ${errorText(error)} ${made.name} is there: add the CV on their page.`,
      tone: "warn",
      seconds: 0,
    });
  }
}
