import { useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { post } from "../lib/client";
import { useForm } from "../lib/form";
import { Entrance } from "../shell/entrance";
import { Banner, Button, TextField } from "../ui";
import { emailTrouble, FormProblem, Send } from "./form-parts";
import { wayIn } from "./login";

/** Ask for a link by mail that lets one choose a new password. */
export default function ForgotPassword() {
  const { query } = useLocation();
  const [sentTo, setSentTo] = useState<string | null>(null);
  const form = useForm({
    initial: { email: query.email ?? "" },
    validate: (values) => ({ email: emailTrouble(values.email) }),
    submit: async ({ email }, key) => {
      await post("/api/auth/password-reset", { email, ...(query.org ? { org: query.org } : {}) }, { key });
      setSentTo(email.trim());
    },
  });
  const foot = (
    <p>
      <a href={wayIn("/login", query)}>Back to log in</a>
    </p>
  );
  if (sentTo) {
    return (
      <Entrance title="Look into your mailbox" foot={foot}>
        <Banner tone="good">
          If {sentTo} belongs to an account, a mail is on its way. Its link works once and for 30 minutes.
        </Banner>
        <p>Nothing there after a few minutes? Look into the spam folder, or check the address.</p>
        <Button onClick={() => setSentTo(null)}>Use another address</Button>
      </Entrance>
    );
  }
  return (
    <Entrance
      title="Choose a new password"
      lead="Write the address of your account. We mail you a link to choose a new password."
      foot={foot}
    >
      <form class="form" onSubmit={form.onSubmit} noValidate>
        <FormProblem>{form.problem}</FormProblem>
        <TextField
          label="E-mail address"
          type="email"
          autoComplete="username"
          inputMode="email"
          spellcheck={false}
          required
          {...form.field("email")}
        />
        <Send busy={form.pending}>Send me the link</Send>
      </form>
    </Entrance>
  );
}
