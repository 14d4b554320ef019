import { useLocation, useRoute } from "preact-iso";
import { ProblemError } from "../lib/client";
import { useForm } from "../lib/form";
import { register } from "../lib/session";
import { Entrance } from "../shell/entrance";
import { PasswordField, TextField } from "../ui";
import { emailTrouble, FormProblem, PASSWORD_HINT, passwordTrouble, Send } from "./form-parts";
import { wayIn } from "./login";

const WORDS = {
  agent: {
    title: "Register as an agent",
    lead: "It takes a minute. You then see at once what comes next.",
  },
  candidate: {
    title: "Register as a candidate",
    lead: "Use the address that you applied with. Once you have confirmed it, your applications are here.",
  },
} as const;

/** Become an agent or a candidate of an organization: a name, an address, a password. */
export default function Register() {
  const { query } = useLocation();
  const { params } = useRoute();
  const role = (params.role ?? query.role) === "candidate" ? "candidate" : "agent";
  const other = role === "agent" ? "candidate" : "agent";
  const form = useForm({
    initial: { name: "", email: query.email ?? "", phone: "", password: "", org: query.org ?? "" },
    validate: (values) => ({
      name: values.name.trim() === "" ? "Write your name." : undefined,
      email: emailTrouble(values.email),
      password: passwordTrouble(values.password),
    }),
    submit: async ({ name, email, phone, password, org }, key) => {
      try {
        const more = { ...(phone.trim() && { phone }), ...(org.trim() && { org }) };
        const input = { name, email, password, role, ...more } as const;
        await register(input, key);
      } catch (error) {
        if (error instanceof ProblemError && error.status === 409) {
          error.problem.detail =
            "Somebody has registered with this address already. If it was you, log in instead.";
        }
        throw error;
      }
    },
  });
  // Asked only where the address alone does not say which organization is meant.
  const asksOrg = Boolean(form.errors.org || form.values.org) && !query.org;
  return (
    <Entrance
      {...WORDS[role]}
      foot={
        <>
          <p>
            Registered already? <a href={wayIn("/login", query)}>Log in</a>
          </p>
          <p>
            <a href={wayIn(other === "agent" ? "/register" : "/register/candidate", query)}>
              {WORDS[other].title}
            </a>
          </p>
        </>
      }
    >
      <form class="form" onSubmit={form.onSubmit} noValidate>
        <FormProblem>{form.problem}</FormProblem>
        {asksOrg && (
          <TextField
            label="Organization"
            hint="The short name in the address that you were given, like acme."
            autoComplete="organization"
            {...form.field("org")}
          />
        )}
        <TextField label="Your name" autoComplete="name" required maxLength={200} {...form.field("name")} />
        <TextField
          label="E-mail address"
          type="email"
          autoComplete="email"
          inputMode="email"
          spellcheck={false}
          required
          {...form.field("email")}
        />
        <TextField
          label="Phone"
          optional
          type="tel"
          autoComplete="tel"
          inputMode="tel"
          {...form.field("phone")}
        />
        <PasswordField
          label="Password"
          hint={PASSWORD_HINT}
          autoComplete="new-password"
          required
          {...form.field("password")}
        />
        <Send busy={form.pending}>Register</Send>
      </form>
    </Entrance>
  );
}
