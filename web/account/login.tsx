import { useLocation } from "preact-iso";
import { ProblemError } from "../lib/client";
import { useForm } from "../lib/form";
import { login } from "../lib/session";
import { Entrance } from "../shell/entrance";
import { PasswordField, TextField } from "../ui";
import { DemoLogins } from "./demo-logins";
import { emailTrouble, FormProblem, Send } from "./form-parts";

/** The query that the other ways in must carry along: the organization and the page that was asked for. */
export function wayIn(path: string, query: Record<string, string>): string {
  const kept = new URLSearchParams();
  for (const name of ["org", "next"]) {
    const value = query[name];
    if (value) kept.set(name, value);
  }
  const text = kept.toString();
  return text ? `${path}?${text}` : path;
}

/** Log in with an e-mail address and a password. */
export function LogIn() {
  const { query } = useLocation();
  const form = useForm({
    initial: { email: query.email ?? "", password: "" },
    validate: (values) => ({
      email: emailTrouble(values.email),
      password: values.password === "" ? "Write your password." : undefined,
    }),
    submit: async ({ email, password }) => {
      try {
        await login({ email, password, ...(query.org ? { org: query.org } : {}) });
      } catch (error) {
        if (error instanceof ProblemError && error.status === 401) {
          error.problem.detail =
            "That e-mail address and password don’t belong together. Try again, or choose a new password.";
        }
        throw error;
      }
    },
  });
  return (
    <Entrance
      title="Log in"
      foot={
        <>
          <p>
            New here? <a href={wayIn("/register/candidate", query)}>Register as a candidate</a> or{" "}
            <a href={wayIn("/register", query)}>as an agent</a>
          </p>
          <p>
            <a href="/sign-up">Start an organization</a>
          </p>
        </>
      }
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
        <PasswordField
          label="Password"
          autoComplete="current-password"
          required
          {...form.field("password")}
        />
        <Send busy={form.pending}>Log in</Send>
        <a class="form-aside" href={wayIn("/forgot-password", query)}>
          I forgot my password
        </a>
      </form>
      {__PORTICO_LOCAL__ && (
        <DemoLogins
          onChoose={(email, password) => {
            form.set("email", email);
            form.set("password", password);
          }}
        />
      )}
    </Entrance>
  );
}
