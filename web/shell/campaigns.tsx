import { lazy } from "preact-iso";
import { me } from "../lib/session";
import { Unreached } from "./notes";

const OwnCampaigns = lazy(() => import("../agent/campaigns").catch(() => ({ default: Unreached })));
const OwnCampaign = lazy(() => import("../agent/campaign").catch(() => ({ default: Unreached })));
const List = lazy(() => import("../campaigns/list").catch(() => ({ default: Unreached })));
const One = lazy(() => import("../campaigns/one").catch(() => ({ default: Unreached })));

/** The campaigns, by role: one's own and those open to one, or those that are run here. */
export function Campaigns() {
  const person = me.value;
  if (!person) return null;
  return person.role === "agent" ? <OwnCampaigns /> : <List />;
}

/** One campaign, by role. */
export function Campaign() {
  const person = me.value;
  if (!person) return null;
  return person.role === "agent" ? <OwnCampaign /> : <One />;
}
