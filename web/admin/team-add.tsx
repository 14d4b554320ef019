import type { User } from "../../worker/features/users/schema";
import { FormProblem } from "../account/form-parts";
import { post } from "../lib/client";
import { useForm } from "../lib/form";
import { Banner, Button, Checkbox, PasswordField, Select, TextField, toast } from "../ui";
import { ROLES, type TeamRole } from "./roles";

const ROLE_HINTS: Record<TeamRole, string> = {
  recruiter: "Moves people, reviews documents, writes to them.",
  admin: "All that a recruiter does, and the settings and the team.",
};

/** A new account of the team, by invitation or with a password. */
export function AddForm({ onClose, onAdded }: { onClose: () => void; onAdded: (user: User) => void }) {
  const form = useForm({
    initial: {
      name: "",
      email: "",
      role: "recruiter",
      withPassword: false,
      password: "",
      mustChangePassword: true,
    },
    validate: ({ name, email, withPassword, password }) => ({
      name: name.trim() ? undefined : "Write their name.",
      email: email.trim() ? undefined : "Write their e-mail address.",
      password: withPassword && !password ? "Write a password, or send an invitation instead." : undefined,
    }),
    submit: async ({ name, email, role, withPassword, password, mustChangePassword }, key) => {
      const own = withPassword ? { password, mustChangePassword } : {};
      const user = await post<User>("/api/users", { name, email, role, ...own }, { key });
      toast({
        text: withPassword ? `${user.name} can log in now.` : `An invitation is on its way to ${user.email}.`,
        tone: "good",
      });
      onAdded(user);
    },
  });
  const { withPassword, role } = form.values;
  return (
    <form class="stack" onSubmit={form.onSubmit} noValidate>
      <FormProblem>{form.problem}</FormProblem>
      <TextField {...form.field("name")} label="Name" required autoFocus autoComplete="off" />
      <TextField {...form.field("email")} label="E-mail address" type="email" required autoComplete="off" />
      <Select {...form.field("role")} label="Role" options={ROLES} hint={ROLE_HINTS[role as TeamRole]} />
      <Checkbox
        {...form.check("withPassword")}
        label="Set a password now"
        hint="Otherwise they get a mail with a link to choose one."
      />
      {withPassword ? (
        <>
          <PasswordField {...form.field("password")} label="Password" autoComplete="new-password" />
          <Checkbox
            {...form.check("mustChangePassword")}
            label="They must change it when they first log in"
          />
        </>
      ) : (
        <Banner tone="info" role="none">
          The link in the mail works once and for seven days.
        </Banner>
      )}
      <div class="row form-buttons">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="primary" busy={form.pending}>
          {withPassword ? "Add" : "Send the invitation"}
        </Button>
      </div>
    </form>
  );
}
