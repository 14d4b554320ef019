import { useState } from "preact/hooks";
import type { Me } from "../../worker/features/users/schema";
import { errorText, post } from "../lib/client";
import { Banner, Button, type ButtonProps, toast } from "../ui";

/** Has the mail that confirms one's address sent again. */
export function ResendLink({
  variant = "plain",
  full,
  size,
}: Pick<ButtonProps, "variant" | "full" | "size">) {
  const [state, setState] = useState<"ready" | "sending" | "sent">("ready");
  const send = async () => {
    setState("sending");
    try {
      await post("/api/auth/verify-email/resend", {});
      setState("sent");
      toast({ text: "The mail is on its way. Its link works for two days.", tone: "good" });
    } catch (error) {
      setState("ready");
      toast({ text: errorText(error), tone: "bad" });
    }
  };
  return (
    <Button
      variant={variant}
      full={full}
      size={size}
      busy={state === "sending"}
      disabled={state === "sent"}
      onClick={send}
    >
      {state === "sent" ? "Sent" : "Send the mail again"}
    </Button>
  );
}

/** Asks to confirm the address, as long as that was not done. */
export function Unverified({ person }: { person: Me }) {
  if (person.emailVerified) return null;
  return (
    <Banner tone="info" icon="mail" role="none" action={<ResendLink size="s" />}>
      Please confirm your address with the link that we mailed to {person.email}. You can go on meanwhile.
    </Banner>
  );
}
