import type { Campaign } from "../../worker/features/campaigns/schema";

/** A thin bar, from 0 to 1; what it shows is written beside it. */
export function Bar({ value, tone = "accent" }: { value: number; tone?: "accent" | "warn" | "good" }) {
  const part = Math.min(1, Math.max(0, value));
  return (
    <span class={`campaign-bar campaign-bar-${tone}`} aria-hidden="true">
      <span style={{ width: `${part * 100}%` }} />
    </span>
  );
}

/** How many seats are taken, as words and as a bar. */
export function Fill({ campaign: { filled, seats } }: { campaign: Pick<Campaign, "filled" | "seats"> }) {
  const taken = filled ?? 0;
  return (
    <span class="campaign-fill">
      <span class="num">
        {taken.toLocaleString()} of {seats.toLocaleString()}
      </span>
      <Bar value={taken / seats} tone={taken >= seats ? "good" : "accent"} />
    </span>
  );
}
