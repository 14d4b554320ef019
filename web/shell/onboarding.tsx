import { lazy } from "preact-iso";
import { me } from "../lib/session";
import { TEAM } from "./access";
import { Unreached } from "./notes";

const AgentOnboarding = lazy(() => import("../agent/onboarding").catch(() => ({ default: Unreached })));
const Progress = lazy(() => import("../onboarding/progress").catch(() => ({ default: Unreached })));

/** The onboarding, by role: one's own steps, or where everybody is. */
export default function Onboarding() {
  const person = me.value;
  if (!person) return null;
  return TEAM.includes(person.role) ? <Progress /> : <AgentOnboarding />;
}
