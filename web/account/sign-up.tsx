import { useState } from "preact/hooks";
import { useForm } from "../lib/form";
import { signUp } from "../lib/session";
import { Entrance } from "../shell/entrance";
import { PasswordField, TextField } from "../ui";
import { emailTrouble, FormProblem, PASSWORD_HINT, passwordTrouble, Send } from "./form-parts";
import { slugOf } from "./slug";

/** Start an organization, and become its first admin. */
export default function SignUp() {
  const [ownSlug, setOwnSlug] = useState(false);
  const form = useForm({
    initial: { name: "", slug: "", adminName: "", email: "", password: "" },
    validate: (values) => ({
      name: values.name.trim() === "" ? "Write the organization’s name." : undefined,
      slug: values.slug.trim() === "" ? "Choose a short name for addresses." : undefined,
      adminName: values.adminName.trim() === "" ? "Write your name." : undefined,
      email: emailTrouble(values.email),
      password: passwordTrouble(values.password),
    }),
    submit: (values, key) => signUp(values, key),
  });
  const name = form.field("name");
  const slug = form.field("slug");
  return (
    <Entrance
      title="Start an organization"
      lead="You become its first admin. It begins with an agent pool and no people."
      foot={
        <p>
          Have an account? <a href="/login">Log in</a>
        </p>
      }
    >
      <form class="form" onSubmit={form.onSubmit} noValidate>
        <FormProblem>{form.problem}</FormProblem>
        <TextField
          label="Name of the organization"
          autoComplete="organization"
          required
          {...name}
          onValue={(value) => {
            name.onValue(value);
            if (!ownSlug) form.set("slug", slugOf(value));
          }}
        />
        <TextField
          label="Short name"
          hint="Part of your addresses: small letters, digits and hyphens."
          spellcheck={false}
          required
          {...slug}
          onValue={(value) => {
            setOwnSlug(value !== "");
            slug.onValue(value);
          }}
        />
        <TextField label="Your name" autoComplete="name" required {...form.field("adminName")} />
        <TextField
          label="Your e-mail address"
          type="email"
          autoComplete="email"
          inputMode="email"
          spellcheck={false}
          required
          {...form.field("email")}
        />
        <PasswordField
          label="Password"
          hint={PASSWORD_HINT}
          autoComplete="new-password"
          required
          {...form.field("password")}
        />
        <Send busy={form.pending}>Start</Send>
      </form>
    </Entrance>
  );
}
