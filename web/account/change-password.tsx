import { post } from "../lib/client";
import { useForm } from "../lib/form";
import { PasswordField } from "../ui";
import { FormProblem, PASSWORD_HINT, passwordTrouble, Send } from "./form-parts";

/** The form that replaces a password by a new one. */
export function ChangePassword({ onDone }: { onDone: () => void | Promise<void> }) {
  const form = useForm({
    initial: { currentPassword: "", newPassword: "" },
    validate: (values) => ({
      currentPassword: values.currentPassword === "" ? "Write the password that you have now." : undefined,
      newPassword:
        passwordTrouble(values.newPassword) ??
        (values.newPassword === values.currentPassword ? "Choose another one than you have now." : undefined),
    }),
    submit: async (values, key) => {
      await post("/api/auth/change-password", values, { key });
      form.reset({ currentPassword: "", newPassword: "" });
      await onDone();
    },
  });
  return (
    <form class="form" onSubmit={form.onSubmit} noValidate>
      <FormProblem>{form.problem}</FormProblem>
      <PasswordField
        label="Password now"
        autoComplete="current-password"
        required
        {...form.field("currentPassword")}
      />
      <PasswordField
        label="New password"
        hint={PASSWORD_HINT}
        autoComplete="new-password"
        required
        {...form.field("newPassword")}
      />
      <Send busy={form.pending}>Change the password</Send>
    </form>
  );
}
