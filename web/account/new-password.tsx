import { useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { ProblemError, post } from "../lib/client";
import { useForm } from "../lib/form";
import { loadMe, me } from "../lib/session";
import { Entrance } from "../shell/entrance";
import { Banner, Button, PasswordField } from "../ui";
import { FormProblem, PASSWORD_HINT, passwordTrouble, Send } from "./form-parts";

export interface NewPasswordProps {
  title: string;
  lead: string;
  /** The words of the button. */
  send: string;
  /** Where one gets another link when this one does not work any more. */
  again: { label: string; href: string } | null;
  /** What to do where there is no such place. */
  help?: string;
}

/** Chooses a password with the link of a mail: after forgetting it, or on being invited. */
export function NewPassword({ title, lead, send, again, help }: NewPasswordProps) {
  const { query } = useLocation();
  const token = query.token ?? "";
  const [state, setState] = useState<"asking" | "done" | "spent">(token ? "asking" : "spent");
  const form = useForm({
    initial: { password: "" },
    validate: (values) => ({ password: passwordTrouble(values.password) }),
    submit: async ({ password }, key) => {
      try {
        await post("/api/auth/password-reset/confirm", { token, password }, { key });
      } catch (error) {
        const spent =
          error instanceof ProblemError &&
          (error.status === 400 ||
            error.status === 404 ||
            error.status === 410 ||
            error.problem.errors?.some(({ path }) => path === "token"));
        if (!spent) throw error;
        return setState("spent");
      }
      // The token must not stay in the address, where the next person could find it.
      history.replaceState(null, "", location.pathname);
      await loadMe();
      setState("done");
    },
  });
  if (state === "spent") {
    return (
      <Entrance title="This link doesn’t work any more">
        <p>It was used already, it is too old, or a part of it was lost on the way here.</p>
        {help && <p>{help}</p>}
        <Button variant="primary" full href={again?.href ?? "/login"}>
          {again?.label ?? "Go to log in"}
        </Button>
      </Entrance>
    );
  }
  if (state === "done") {
    return (
      <Entrance title="Your password is set">
        <Banner tone="good">From now on you log in with it.</Banner>
        <Button variant="primary" full href={me.value ? "/" : "/login"}>
          {me.value ? "Go on" : "Log in"}
        </Button>
      </Entrance>
    );
  }
  return (
    <Entrance title={title} lead={lead}>
      <form class="form" onSubmit={form.onSubmit} noValidate>
        <FormProblem>{form.problem}</FormProblem>
        <PasswordField
          label="New password"
          hint={PASSWORD_HINT}
          autoComplete="new-password"
          required
          {...form.field("password")}
        />
        <Send busy={form.pending}>{send}</Send>
      </form>
    </Entrance>
  );
}
