import { useState } from "preact/hooks";
import type { Campaign, CampaignPlace } from "../../worker/features/campaigns/schema";
import { errorText, ProblemError, post } from "../lib/client";
import { Button, Checkbox, Icon, toast } from "../ui";

export interface ApplyProps {
  campaign: Campaign;
  organization: string;
  /** Something about it is otherwise now. */
  onDone: () => void;
}

/** Takes part in a campaign: one click, and the terms of pay above it where there are some. */
export function Apply({ campaign, organization, onDone }: ApplyProps) {
  const [accepted, setAccepted] = useState(false);
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const terms = campaign.pay?.terms;

  const apply = async () => {
    if (terms && !accepted) return setAsked(true);
    setBusy(true);
    setTrouble(null);
    try {
      const body = terms ? { acceptTerms: true } : {};
      const place = await post<CampaignPlace>(`/api/campaigns/${campaign.id}/apply`, body);
      const text =
        place.status === "waitlisted"
          ? `You are on the waiting list of ${campaign.name}. All seats are taken right now.`
          : `You have applied for ${campaign.name}. ${organization} decides next.`;
      toast({ text, tone: "good" });
      onDone();
    } catch (error) {
      setTrouble(errorText(error));
      // It changed under one's hand: what stands there now says why.
      if (error instanceof ProblemError && error.status < 500) onDone();
    }
    setBusy(false);
  };

  return (
    <div class="apply-now">
      {terms && (
        <>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by Tab */}
          <section class="terms" aria-label={`Terms of pay of ${campaign.name}`} tabIndex={0}>
            {terms}
          </section>
          <Checkbox
            label="I have read these terms and accept them"
            checked={accepted}
            onChecked={(checked) => {
              setAccepted(checked);
              setAsked(false);
            }}
          />
        </>
      )}
      {(asked || trouble) && (
        <p class="field-error" role="alert">
          <Icon name="circle-alert" size={16} />
          <span>{asked ? "Tick that you accept the terms first." : trouble}</span>
        </p>
      )}
      <Button variant="primary" size="l" full busy={busy} onClick={apply}>
        {campaign.full ? "Join the waiting list" : "Apply"}
        <span class="sr-only"> for {campaign.name}</span>
      </Button>
    </div>
  );
}
