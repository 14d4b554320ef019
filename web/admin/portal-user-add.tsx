import { useEffect, useState } from "preact/hooks";
import type { Candidate } from "../../worker/features/candidates/schema";
import type { PortalAccount } from "../../worker/features/portal/schema";
import type { Page } from "../../worker/http/shapes";
import { FormProblem } from "../account/form-parts";
import { errorText, get, post } from "../lib/client";
import { useForm } from "../lib/form";
import { Banner, Button, Select, TextField, toast } from "../ui";

export interface AddPortalAccountProps {
  onClose: () => void;
  onAdded: (account: PortalAccount) => void;
}

/** A new account in the portal, for a candidate who is known or for a new one. */
export function AddPortalAccount({ onClose, onAdded }: AddPortalAccountProps) {
  const [who, setWho] = useState("known");
  const form = useForm({
    initial: { linkedCandidateId: "", name: "", email: "", phone: "" },
    validate: ({ linkedCandidateId, name, email }) =>
      who === "known"
        ? { linkedCandidateId: linkedCandidateId ? undefined : "Find the candidate first, then choose them." }
        : {
            name: name.trim() ? undefined : "Write their name.",
            email: email.trim() ? undefined : "Write their e-mail address.",
          },
    submit: async ({ linkedCandidateId, name, email, phone }, key) => {
      const body =
        who === "known" ? { linkedCandidateId } : { name, email, ...(phone.trim() ? { phone } : {}) };
      const made = await post<PortalAccount>("/api/admin/candidate-portal-users", body, { key });
      toast({ text: `A first password is on its way to ${made.email}.`, tone: "good" });
      onAdded(made);
    },
  });
  return (
    <form class="stack" onSubmit={form.onSubmit} noValidate>
      <FormProblem>{form.problem}</FormProblem>
      <Select
        label="For whom"
        value={who}
        onValue={setWho}
        options={[
          { value: "known", label: "A candidate who is known" },
          { value: "new", label: "Somebody new" },
        ]}
      />
      {who === "known" ? (
        <FindCandidate field={form.field("linkedCandidateId")} />
      ) : (
        <>
          <TextField {...form.field("name")} label="Name" required autoComplete="off" />
          <TextField
            {...form.field("email")}
            label="E-mail address"
            type="email"
            required
            autoComplete="off"
          />
          <TextField {...form.field("phone")} label="Phone" optional type="tel" autoComplete="off" />
        </>
      )}
      <Banner tone="info" role="none">
        They get a mail with a first password, which they change when they log in.
      </Banner>
      <div class="row form-buttons">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="primary" busy={form.pending}>
          Make the account
        </Button>
      </div>
    </form>
  );
}

interface FindCandidateProps {
  field: { name: string; value: string; error: string | undefined; onValue: (value: string) => void };
}

/** Finds a candidate by words; those who have an account already can't be chosen. */
function FindCandidate({ field }: FindCandidateProps) {
  const [q, setQ] = useState("");
  const [found, setFound] = useState<Candidate[]>([]);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    const words = q.trim();
    if (!words) return setFound([]);
    const stop = new AbortController();
    const timer = setTimeout(() => {
      get<Page<Candidate>>("/api/candidates", { q: words, limit: 20 }, { signal: stop.signal }).then(
        ({ data }) => {
          setProblem(null);
          setFound(data);
        },
        (error) => {
          if (!stop.signal.aborted) setProblem(errorText(error));
        },
      );
    }, 200);
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [q]);
  const free = found.filter(({ userId }) => userId === null);
  return (
    <>
      <TextField
        label="Find the candidate"
        value={q}
        onValue={setQ}
        error={problem}
        autoComplete="off"
        autoFocus
      />
      <Select
        {...field}
        label="Candidate"
        placeholder={
          q.trim() === "" ? "Write a name above" : free.length === 0 ? "Nobody without an account" : "Choose"
        }
        options={free.map(({ id, name, email }) => ({ value: id, label: `${name}, ${email}` }))}
      />
    </>
  );
}
