import type { ClientUser } from "../../worker/features/clients/schema";
import { FormProblem, PASSWORD_HINT, passwordTrouble } from "../account/form-parts";
import { post } from "../lib/client";
import { useForm } from "../lib/form";
import { Banner, Button, Checkbox, PasswordField, TextField, toast } from "../ui";

export interface AddPersonProps {
  /** The address of the client's people in the API. */
  path: string;
  onClose: () => void;
  onAdded: (user: ClientUser) => void;
}

/** Lets somebody of a client in, by invitation or with a password. */
export function AddPerson({ path, onClose, onAdded }: AddPersonProps) {
  const form = useForm({
    initial: { name: "", email: "", phone: "", withPassword: false, password: "", mustChangePassword: true },
    validate: ({ name, email, withPassword, password }) => ({
      name: name.trim() ? undefined : "Write their name.",
      email: email.trim() ? undefined : "Write their e-mail address.",
      password: withPassword ? passwordTrouble(password) : undefined,
    }),
    submit: async ({ name, email, phone, withPassword, password, mustChangePassword }, key) => {
      const own = withPassword ? { password, mustChangePassword } : {};
      const reach = phone.trim() ? { phone: phone.trim() } : {};
      const user = await post<ClientUser>(path, { name, email, ...reach, ...own }, { key });
      toast({
        text: withPassword ? `${user.name} can log in now.` : `An invitation is on its way to ${user.email}.`,
        tone: "good",
      });
      onAdded(user);
    },
  });
  const { withPassword } = form.values;
  return (
    <form class="stack" onSubmit={form.onSubmit} noValidate>
      <FormProblem>{form.problem}</FormProblem>
      <TextField {...form.field("name")} label="Name" required autoFocus autoComplete="off" maxLength={200} />
      <TextField {...form.field("email")} label="E-mail address" type="email" required autoComplete="off" />
      <TextField {...form.field("phone")} label="Phone" optional type="tel" autoComplete="off" />
      <Checkbox
        {...form.check("withPassword")}
        label="Set a password now"
        hint="Otherwise they get a mail with a link to choose one."
      />
      {withPassword ? (
        <>
          <PasswordField
            {...form.field("password")}
            label="Password"
            hint={PASSWORD_HINT}
            autoComplete="new-password"
          />
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
