import { useLocation } from "preact-iso";
import { errorText } from "../lib/client";
import { loadMe, logout } from "../lib/session";
import { Entrance } from "../shell/entrance";
import { Button, toast } from "../ui";
import { ChangePassword } from "./change-password";

/** Stands before everything else while the password was given by somebody else. */
export default function MustChangePassword() {
  const { route } = useLocation();
  const leave = () =>
    logout().then(
      () => route("/login"),
      (error) => toast({ text: errorText(error), tone: "bad" }),
    );
  return (
    <Entrance
      title="Choose your own password"
      lead="Your first password was given to you by somebody else. Choose one that only you know, and you can go on."
      foot={
        <Button variant="plain" icon="log-out" onClick={leave}>
          Log out
        </Button>
      }
    >
      <ChangePassword
        onDone={async () => {
          await loadMe();
          toast({ text: "Your password is changed.", tone: "good" });
        }}
      />
    </Entrance>
  );
}
