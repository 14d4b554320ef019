import type { Application } from "../../worker/features/applications/schema";
import type { Page } from "../../worker/http/shapes";
import { get } from "../lib/client";
import { Chooser } from "../recruiter/chooser";
import { Dialog } from "../ui";
import type { Scheduling } from "./schedule-dialog";

const MOST = 12;

/** Asks with whom an interview is to be scheduled. */
export function FindApplication({
  open,
  onClose,
  onFound,
}: {
  open: boolean;
  onClose: () => void;
  onFound: (of: Scheduling) => void;
}) {
  return (
    <Dialog open={open} onClose={onClose} title="Schedule interview">
      {open && (
        <Chooser
          label="With whom? A name, e-mail address or phone number"
          listLabel="Applications"
          find={findApplications}
          onChoose={({ id, name }) => onFound({ applicationId: id, name })}
          nothing={(q) => `Nobody with an open application is found by “${q}”.`}
        />
      )}
    </Dialog>
  );
}

async function findApplications(q: string, signal: AbortSignal) {
  const { data } = await get<Page<Application>>("/api/applications", { q, limit: MOST }, { signal });
  return data
    .filter(({ stageKind }) => stageKind === "open")
    .map(({ id, name, jobTitle, stageName }) => ({ id, name, note: `${jobTitle} · ${stageName}` }));
}
