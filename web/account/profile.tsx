import { lazy } from "preact-iso";
import { me } from "../lib/session";
import { Unreached } from "../shell/notes";

const OfAgent = lazy(() => import("../agent/profile").catch(() => ({ default: Unreached })));
const OfCandidate = lazy(() => import("../candidate/profile").catch(() => ({ default: Unreached })));

/** One's own profile in the portal: an agent's or a candidate's. */
export default function Profile() {
  return me.value?.role === "candidate" ? <OfCandidate /> : <OfAgent />;
}
