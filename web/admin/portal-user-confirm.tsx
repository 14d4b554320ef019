import type { PortalAccount } from "../../worker/features/portal/schema";
import { Button, Dialog } from "../ui";

/** What is asked about before it is done to an account. */
export interface Asked {
  what: "reset" | "deactivate" | "delete";
  account: PortalAccount;
}

const WORDS: Record<
  Asked["what"],
  {
    title: (name: string) => string;
    text: (account: PortalAccount) => string;
    button: string;
    danger: boolean;
  }
> = {
  reset: {
    title: (name) => `Mail ${name} a new first password?`,
    text: ({ name, email }) =>
      `It goes to ${email} and has to be changed at the first login. ${name} is logged out everywhere within seconds, and the old password stops working.`,
    button: "Mail it",
    danger: false,
  },
  deactivate: {
    title: (name) => `Make the account of ${name} inactive?`,
    text: ({ name }) =>
      `${name} is logged out everywhere within seconds and can’t log in. The candidate and their applications stay, and you can let them in again at any time.`,
    button: "Make inactive",
    danger: true,
  },
  delete: {
    title: (name) => `Delete the account of ${name}?`,
    text: ({ name }) =>
      `The login and its notifications are gone for good. The candidate, applications and documents stay, and ${name} can register again with the same address.`,
    button: "Delete",
    danger: true,
  },
};

export interface ConfirmProps {
  asked: Asked | null;
  onClose: () => void;
  onDo: (asked: Asked) => void;
}

/** Asks before an account is changed in a way that its owner feels. */
export function Confirm({ asked, onClose, onDo }: ConfirmProps) {
  const words = asked && WORDS[asked.what];
  return (
    <Dialog
      open={asked !== null}
      onClose={onClose}
      title={asked && words?.title(asked.account.name)}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant={words?.danger ? "danger" : "primary"} onClick={() => asked && onDo(asked)}>
            {words?.button}
          </Button>
        </>
      }
    >
      {asked && <p>{words?.text(asked.account)}</p>}
    </Dialog>
  );
}
