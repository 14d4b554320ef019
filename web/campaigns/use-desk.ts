import { useState } from "preact/hooks";
import type { Campaign, CampaignAgent } from "../../worker/features/campaigns/schema";
import type { Missing } from "../../worker/features/eligibility/schema";
import { errorText } from "../lib/client";
import { toast } from "../ui";
import { assign, moveTo, type Somebody, unassign } from "./places";
import type { ReasonAsked } from "./reason-dialog";
import { missingOf } from "./words";

/** Somebody who lacks something and was to be assigned. */
export interface Override {
  who: Somebody;
  startDate: string;
  missing: Missing[];
}

export interface CampaignDesk {
  assign: (who: Somebody, startDate: string) => Promise<void>;
  reject: (person: CampaignAgent) => void;
  unassign: (person: CampaignAgent) => void;
  complete: (person: CampaignAgent) => Promise<void>;
  /** Why is asked, for what is about to happen. */
  reason: ReasonAsked | null;
  closeReason: () => void;
  /** It is asked whether to assign in spite of what is missing. */
  override: Override | null;
  closeOverride: () => void;
  confirmOverride: () => Promise<void>;
}

/** What a recruiter does with people of a campaign, and what is asked on the way. */
export function useCampaignDesk(campaign: Campaign, refresh: () => void): CampaignDesk {
  const [reason, setReason] = useState<ReasonAsked | null>(null);
  const [override, setOverride] = useState<Override | null>(null);
  const told = (error: unknown) => {
    refresh();
    toast({ text: errorText(error), tone: "warn", seconds: 10 });
  };
  return {
    assign: async (who, startDate) => {
      try {
        await assign(campaign, who, startDate, false, refresh);
      } catch (error) {
        const missing = missingOf(error);
        if (missing) setOverride({ who, startDate, missing });
        else told(error);
      }
    },
    reject: (person) =>
      setReason({
        title: `Reject ${person.name}?`,
        words: "They see that it came to nothing, and can’t apply to this campaign again.",
        button: "Reject",
        send: (why) => moveTo(person, "rejected", why, refresh),
      }),
    unassign: (person) =>
      setReason({
        title: `Take ${person.name} off?`,
        words: "Their seat is free then. Nobody moves up from the waiting list by itself.",
        button: "Unassign",
        send: (why) => unassign(campaign.id, person, why, refresh),
      }),
    complete: async (person) => {
      try {
        await moveTo(person, "completed", undefined, refresh);
      } catch (error) {
        told(error);
      }
    },
    reason,
    closeReason: () => setReason(null),
    override,
    closeOverride: () => setOverride(null),
    confirmOverride: async () => {
      if (!override) return;
      try {
        await assign(campaign, override.who, override.startDate, true, refresh);
      } catch (error) {
        told(error);
      }
      setOverride(null);
    },
  };
}
