import type { ClientStatus } from "../../worker/features/clients/words";
import { StatusPill } from "../ui";

/** Whether a client still gets new jobs. */
export function ClientStatusPill({ status }: { status: ClientStatus }) {
  return status === "active" ? (
    <StatusPill tone="good">Active</StatusPill>
  ) : (
    <StatusPill tone="plain">Inactive</StatusPill>
  );
}
