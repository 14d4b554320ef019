import { NewPassword } from "./new-password";

/** The link of the mail to somebody who forgot the password. */
export default function ResetPassword() {
  return (
    <NewPassword
      title="Choose a new password"
      lead="You are then logged out everywhere else."
      send="Set the password"
      again={{ label: "Send me a new link", href: "/forgot-password" }}
    />
  );
}
