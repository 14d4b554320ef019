import { useEffect, useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import type { Agent } from "../../worker/features/agents/schema";
import type { Candidate } from "../../worker/features/candidates/schema";
import type { Page } from "../../worker/http/shapes";
import { get } from "../lib/client";
import { useShortcuts } from "../lib/keys";
import { Dialog } from "../ui";
import { type Choice, Chooser } from "./chooser";

/** Of each kind, so that neither hides the other. */
const MOST = 6;

interface Found extends Choice {
  href: string;
}

/** Finds a person on `/` from screens without a search field of their own. */
export default function FindPerson() {
  const { path, route } = useLocation();
  const [open, setOpen] = useState(false);
  useEffect(() => setOpen(false), [path]);
  useShortcuts("Everywhere", [{ key: "/", label: "Find a person", run: () => setOpen(true) }], true);
  return (
    <Dialog open={open} onClose={() => setOpen(false)} title="Find a person">
      {open && (
        <Chooser
          label="Name, e-mail address or phone number"
          listLabel="People"
          find={findPeople}
          onChoose={({ href }) => {
            setOpen(false);
            route(href);
          }}
          nothing={(q) => `Nobody is found by “${q}”.`}
        />
      )}
    </Dialog>
  );
}

/** Candidates and agents by the start of a word, each with what they are. */
async function findPeople(q: string, signal: AbortSignal): Promise<Found[]> {
  const [candidates, agents] = await Promise.all([
    get<Page<Candidate>>("/api/candidates", { q, limit: MOST }, { signal }),
    get<Page<Agent>>("/api/agents", { q, limit: MOST }, { signal }),
  ]);
  return [
    ...candidates.data.map(({ id, name, currentRole }) => ({
      id,
      name,
      note: currentRole ? `Candidate · ${currentRole}` : "Candidate",
      href: `/candidates/${id}`,
    })),
    ...agents.data.map(({ id, name, statusName }) => ({
      id,
      name,
      note: `Agent · ${statusName}`,
      href: `/agents/${id}`,
    })),
  ];
}
