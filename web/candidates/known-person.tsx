import { useEffect, useState } from "preact/hooks";
import type { Candidate } from "../../worker/features/candidates/schema";
import type { Page } from "../../worker/http/shapes";
import { get } from "../lib/client";
import { Banner, Button } from "../ui";

const PAUSE_MS = 350;
const looksWhole = (email: string) => /^\S+@\S+\.\S+$/.test(email);

/** The person who has this e-mail address already; null while nobody is known to. */
export function useKnown(email: string): [Candidate | null, (known: Candidate | null) => void] {
  const [known, setKnown] = useState<Candidate | null>(null);
  const address = email.trim().toLowerCase();
  useEffect(() => {
    setKnown((before) => (before?.email === address ? before : null));
    if (!looksWhole(address)) return;
    const stop = new AbortController();
    const timer = setTimeout(() => {
      get<Page<Candidate>>("/api/candidates", { q: address, limit: 5 }, { signal: stop.signal }).then(
        ({ data }) => setKnown(data.find((one) => one.email === address) ?? null),
        // Whoever sends the form is told by the server.
        () => {},
      );
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [address]);
  return [known, setKnown];
}

export interface KnownPersonProps {
  known: Pick<Candidate, "id" | "name">;
  busy: boolean;
  /** Takes the person who is there; absent where there is nothing to add them to. */
  onTake?: (() => void) | undefined;
}

/** Says that the address belongs to somebody, with the ways on from there. */
export function KnownPerson({ known, busy, onTake }: KnownPersonProps) {
  return (
    <Banner
      tone="warn"
      icon="user"
      action={
        <div class="row cand-known">
          {onTake && (
            <Button size="s" variant="primary" busy={busy} onClick={onTake}>
              Add {known.name}
            </Button>
          )}
          <Button size="s" href={`/candidates/${known.id}`}>
            Open the profile
          </Button>
        </div>
      }
    >
      {known.name} is a candidate with this e-mail address already.
      {onTake ? " Add them as they are, or look at their profile first." : ""}
    </Banner>
  );
}
