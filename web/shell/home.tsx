import { lazy } from "preact-iso";
import { AgentHome } from "../agent/home";
import { me } from "../lib/session";
import { TEAM } from "./access";
import { Unreached } from "./notes";

// An agent's home comes with the app; everybody else fetches their own.
const CandidateHome = lazy(() => import("../candidate/home").catch(() => ({ default: Unreached })));
const MyDay = lazy(() => import("../home/my-day").catch(() => ({ default: Unreached })));
const ClientHome = lazy(() => import("../home/client-home").catch(() => ({ default: Unreached })));

/** The first screen, by role. */
export function Home() {
  const person = me.value;
  if (!person) return null;
  if (TEAM.includes(person.role)) return <MyDay />;
  if (person.role === "client_user") return <ClientHome />;
  return person.role === "agent" ? <AgentHome person={person} /> : <CandidateHome />;
}
