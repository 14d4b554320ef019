import { AgentHome } from "../agent/home";
import { CandidateHome } from "../candidate/home";
import { me } from "../lib/session";

/** The portal's first screen, by role. */
export function Home() {
  const person = me.value;
  if (!person) return null;
  return person.role === "agent" ? <AgentHome person={person} /> : <CandidateHome person={person} />;
}
