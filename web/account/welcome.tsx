import { NewPassword } from "./new-password";

/** The link of the mail to somebody who was invited. */
export default function Welcome() {
  return (
    <NewPassword
      title="Welcome to Portico"
      lead="An account was made for you. Choose a password, and you can begin."
      send="Set the password and begin"
      again={{ label: "Send me a new link", href: "/forgot-password" }}
      help="You can have a new link sent to the address that you were invited with."
    />
  );
}
