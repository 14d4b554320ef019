import type { ComponentChildren } from "preact";
import { PASSWORD_MAX, PASSWORD_MIN } from "../../worker/features/users/words";
import { Banner, Button } from "../ui";

/** What the server refused about the whole form. */
export function FormProblem({ children }: { children: ComponentChildren }) {
  if (!children) return null;
  return (
    <Banner tone="bad" role="alert">
      {children}
    </Banner>
  );
}

/** The one button that sends a form. */
export function Send({ busy, children }: { busy: boolean; children: ComponentChildren }) {
  return (
    <Button type="submit" variant="primary" full busy={busy}>
      {children}
    </Button>
  );
}

/** What a new password needs, said under its label. */
export const PASSWORD_HINT = `At least ${PASSWORD_MIN} characters. A few words in a row are easy to keep and hard to guess.`;

/** What can be said about a new password before it is sent; undefined when all is well. */
export function passwordTrouble(password: string): string | undefined {
  if (password.length === 0) return "Choose a password.";
  if (password.length < PASSWORD_MIN) {
    return `Use at least ${PASSWORD_MIN} characters; these are ${password.length}.`;
  }
  if (password.length > PASSWORD_MAX) return `Use at most ${PASSWORD_MAX} characters.`;
  return undefined;
}

/** What can be said about an e-mail address before it is sent. */
export function emailTrouble(email: string): string | undefined {
  if (email.trim() === "") return "Write your e-mail address.";
  return /^\S+@\S+\.\S+$/.test(email.trim()) ? undefined : "Write an e-mail address like name@example.com.";
}
