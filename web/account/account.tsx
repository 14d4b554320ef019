import { useState } from "preact/hooks";
import type { Me } from "../../worker/features/users/schema";
import { INTERNAL_ROLES } from "../../worker/features/users/words";
import { ProblemError, patch } from "../lib/client";
import { useForm } from "../lib/form";
import { setShortcutsOn, shortcutsOn } from "../lib/keys";
import { loadMe, me } from "../lib/session";
import { ROLE_WORDS } from "../shell/access";
import { Banner, Button, Card, Checkbox, Page, TextField, toast } from "../ui";
import { ChangePassword } from "./change-password";
import { FormProblem } from "./form-parts";
import { Sessions } from "./sessions";
import { Unverified } from "./unverified";

/** One's own account: who I am, the password, where I am logged in. */
export default function Account() {
  const person = me.value;
  if (!person) return null;
  const team = (INTERNAL_ROLES as readonly string[]).includes(person.role);
  return (
    <Page title="Account" lead={`You are ${ROLE_WORDS[person.role].one} at ${person.organization.name}.`}>
      <Unverified person={person} />
      {person.role === "agent" ? (
        <Card title="Name and contact">
          <p>
            {person.name}, {person.email}
          </p>
          <p class="quiet">Your name, phone and skills are part of your profile.</p>
          <div class="card-foot">
            <Button href="/profile">Edit the profile</Button>
          </div>
        </Card>
      ) : (
        <Identity person={person} />
      )}
      <Card title="Password">
        <div class="account-form">
          <ChangePassword
            onDone={() => {
              toast({ text: "Your password is changed. Your other sessions have ended.", tone: "good" });
            }}
          />
        </div>
      </Card>
      <Sessions />
      {team && (
        <Card title="Keyboard">
          <Checkbox
            label="Single keys act"
            hint="Turn this off if you dictate, or if keys are pressed by accident. Press ? on a screen to see its keys."
            checked={shortcutsOn.value}
            onChecked={setShortcutsOn}
          />
        </Card>
      )}
    </Page>
  );
}

function Identity({ person }: { person: Me }) {
  const [outdated, setOutdated] = useState(false);
  const form = useForm({
    initial: { firstName: person.firstName, lastName: person.lastName, phone: person.phone ?? "" },
    validate: (values) => ({ firstName: values.firstName.trim() === "" ? "Write your name." : undefined }),
    submit: async ({ firstName, lastName, phone }) => {
      try {
        const phoneNow = phone.trim() || null;
        await patch<Me>(
          "/api/auth/me",
          { firstName, lastName, phone: phoneNow },
          { ifMatch: me.value?.version },
        );
      } catch (error) {
        if (!(error instanceof ProblemError && error.status === 412)) throw error;
        await loadMe();
        setOutdated(true);
        return;
      }
      await loadMe();
      setOutdated(false);
      form.reset({ firstName, lastName, phone });
      toast({ text: "Saved.", tone: "good" });
    },
  });
  return (
    <Card title="Name and contact">
      <form class="form account-form" onSubmit={form.onSubmit} noValidate>
        <FormProblem>{form.problem}</FormProblem>
        {outdated && (
          <Banner tone="warn" role="alert">
            This was changed elsewhere meanwhile. Your words are kept here: save again to replace what is
            there.
          </Banner>
        )}
        <div class="form-pair">
          <TextField label="First name" autoComplete="given-name" required {...form.field("firstName")} />
          <TextField label="Last name" autoComplete="family-name" {...form.field("lastName")} />
        </div>
        <TextField
          label="E-mail address"
          type="email"
          value={person.email}
          readOnly
          hint="You log in with it."
        />
        <TextField
          label="Phone"
          optional
          type="tel"
          autoComplete="tel"
          inputMode="tel"
          {...form.field("phone")}
        />
        <div class="row">
          <Button type="submit" variant="primary" busy={form.pending} disabled={!form.changed}>
            Save
          </Button>
        </div>
      </form>
    </Card>
  );
}
