export const CAMPAIGN_STATUSES = ["draft", "open", "closed"] as const;
export type CampaignStatus = (typeof CAMPAIGN_STATUSES)[number];

/** What the pay of a campaign is for. */
export const PAY_UNITS = ["hour", "unit"] as const;
export type PayUnit = (typeof PAY_UNITS)[number];

/** Everybody who meets the requirements may apply, or only those whom a stage or the team has unlocked. */
export const CAMPAIGN_ACCESS = ["open", "unlocked"] as const;
export type CampaignAccess = (typeof CAMPAIGN_ACCESS)[number];

/** The type of the notification that a campaign can be applied to now: it is withdrawn when that is over. */
export const CAMPAIGN_OPENED = "campaign_open";

/** The keys of the stages of every campaign's own pipeline, in their order. */
export const CAMPAIGN_STAGES = [
  { key: "applied", name: "Applied", kind: "open", status: "NEW", shared: false },
  { key: "waitlisted", name: "Waiting list", kind: "open", status: "IN_REVIEW", shared: false },
  { key: "assigned", name: "Assigned", kind: "hired", status: "SELECTED", shared: true },
  { key: "completed", name: "Completed", kind: "hired", status: "SELECTED", shared: true },
  { key: "rejected", name: "Rejected", kind: "rejected", status: "REJECTED", shared: false },
  { key: "withdrawn", name: "Withdrawn", kind: "withdrawn", status: "REJECTED", shared: false },
] as const;
export type CampaignStage = (typeof CAMPAIGN_STAGES)[number]["key"];

export const MAX_SEATS = 100_000;
