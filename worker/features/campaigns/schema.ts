import { z } from "zod";
import { Name, pageOf, pageQuery, Time } from "../../http/shapes";
import { Eligibility, Missing, Requirements } from "../eligibility/schema";
import { CAMPAIGN_ACCESS, CAMPAIGN_STATUSES, MAX_SEATS, PAY_UNITS } from "./words";

const Day = z.iso.date("Write a day like 2026-12-31.");
const STAGE_KEYS = ["applied", "waitlisted", "assigned", "completed", "rejected", "withdrawn"] as const;

/** Pay in minor units of its currency, for an hour or for what is called a unit here. */
export const Pay = z
  .strictObject({
    amount: z.number().int().min(0).max(1_000_000_000),
    currency: z
      .string()
      .trim()
      .toUpperCase()
      .regex(/^[A-Z]{3}$/, "Use a currency code, like USD."),
    per: z.enum(PAY_UNITS),
    /** What a unit is, like "resolved ticket". */
    unitName: z.string().trim().max(60).nullable().default(null),
    /** What else is agreed; an agent accepts these words when applying. */
    terms: z.string().trim().max(5000).nullable().default(null),
  })
  .meta({ id: "Pay" });
export type Pay = z.infer<typeof Pay>;

/** An agent's own place in a campaign. */
export const CampaignPlace = z
  .object({
    applicationId: z.string(),
    agentId: z.string(),
    campaignId: z.string(),
    status: z.enum(STAGE_KEYS),
    startDate: Day.nullable(),
    since: Time,
    appliedAt: Time,
    version: z.number().int(),
  })
  .meta({ id: "CampaignPlace" });
export type CampaignPlace = z.infer<typeof CampaignPlace>;

/** What an agent accepted when applying, as it stood then; no later change of the campaign touches it. */
export const AcceptedTerms = z.object({ pay: Pay, at: Time }).meta({ id: "AcceptedTerms" });
export type AcceptedTerms = z.infer<typeof AcceptedTerms>;

export const Campaign = z
  .object({
    id: z.string(),
    name: z.string(),
    clientId: z.string().nullable(),
    clientName: z.string().nullable(),
    status: z.enum(CAMPAIGN_STATUSES),
    brief: z.string().nullable(),
    schedule: z.string().nullable(),
    /** Null for a client's people, who have their own price. */
    pay: Pay.nullable(),
    seats: z.number().int(),
    /** Seats that are taken now, and people on the waiting list; null for agents. */
    filled: z.number().int().nullable(),
    waitlisted: z.number().int().nullable(),
    applied: z.number().int().nullable(),
    full: z.boolean(),
    startDate: Day,
    endDate: Day.nullable(),
    access: z.enum(CAMPAIGN_ACCESS),
    requirements: Requirements,
    pipelineId: z.string(),
    /** How many of today's agents qualify; null for everybody but the team, and while it is a draft. */
    eligibleCount: z.number().int().nullable(),
    /** Of an agent's list: whether this one may apply, and what is missing. */
    eligibility: Eligibility.nullable(),
    /** Of an agent's list: where this one stands. */
    place: CampaignPlace.nullable(),
    /** Of an agent's list: the pay and the terms that this one accepted; null where they never applied. */
    accepted: AcceptedTerms.nullable(),
    version: z.number().int(),
    createdAt: Time,
    updatedAt: Time,
  })
  .meta({ id: "Campaign" });
export type Campaign = z.infer<typeof Campaign>;
export const CampaignPage = pageOf(Campaign);

export const CampaignListQuery = z.strictObject({
  ...pageQuery,
  status: z.enum(CAMPAIGN_STATUSES).optional(),
  clientId: z.string().max(60).optional(),
  /** For the team: the agent whose eligibility and place each campaign is to say; an agent's own list says theirs. */
  agentId: z.string().max(60).optional(),
  /** Of an agent: what they are in, what they may apply to, what still lacks something. */
  view: z.enum(["mine", "eligible", "missing"]).optional(),
});

const fields = {
  name: Name,
  clientId: z.string().max(60).nullable(),
  brief: z.string().trim().max(20_000).nullable(),
  schedule: z.string().trim().max(2000).nullable(),
  pay: Pay.nullable(),
  seats: z.number().int().min(1).max(MAX_SEATS),
  status: z.enum(CAMPAIGN_STATUSES),
  startDate: Day,
  endDate: Day.nullable(),
  access: z.enum(CAMPAIGN_ACCESS),
  requirements: Requirements,
};
const inOrder = (one: { startDate?: string | undefined; endDate?: string | null | undefined }) =>
  !one.startDate || !one.endDate || one.endDate >= one.startDate;
const order = { path: ["endDate"], message: "The end can't be before the start." };

export const NewCampaign = z
  .strictObject({
    ...fields,
    clientId: fields.clientId.default(null),
    brief: fields.brief.default(null),
    schedule: fields.schedule.default(null),
    pay: fields.pay.default(null),
    status: fields.status.default("draft"),
    endDate: fields.endDate.default(null),
    access: fields.access.default("open"),
    requirements: fields.requirements.default({ all: [] }),
  })
  .refine(inOrder, order);
export type NewCampaign = z.infer<typeof NewCampaign>;

export const CampaignChange = z
  .strictObject({
    ...fields,
    /** Goes on although somebody assigned would no longer meet the requirements. */
    confirmAffected: z.boolean(),
  })
  .partial()
  .refine(inOrder, order);
export type CampaignChange = z.infer<typeof CampaignChange>;

/** Somebody's place in a campaign, as its recruiters and its client's people see it. */
export const CampaignAgent = CampaignPlace.extend({
  name: z.string(),
  /** The stage in the agent pool; null for a client's people. */
  agentStatus: z.string().nullable(),
  /** Whether they meet the requirements now; null for a client's people. */
  eligibility: Eligibility.nullable(),
}).meta({ id: "CampaignAgent" });
export type CampaignAgent = z.infer<typeof CampaignAgent>;
export const CampaignAgentPage = pageOf(CampaignAgent);

export const CampaignAgentsQuery = z.strictObject({
  ...pageQuery,
  status: z.enum(STAGE_KEYS).optional(),
});

/** Agents who are in no place of the campaign yet: those who may apply, or all with what they lack. */
export const CampaignPoolQuery = z.strictObject({
  ...pageQuery,
  eligible: z.enum(["true", "false"]).optional(),
});
export const PoolAgent = z
  .object({
    agentId: z.string(),
    name: z.string(),
    agentStatus: z.string(),
    eligibility: Eligibility,
    /** True where a stage or the team has unlocked the campaign for them. */
    unlocked: z.boolean(),
  })
  .meta({ id: "PoolAgent" });
export type PoolAgent = z.infer<typeof PoolAgent>;
export const PoolAgentPage = pageOf(PoolAgent);

export const CampaignApply = z.strictObject({
  /** The agent has read and accepts the terms of pay; asked where the campaign has terms. */
  acceptTerms: z.boolean().optional(),
});
export const Assign = z.strictObject({
  agentId: z.string().min(1).max(60),
  startDate: Day,
  /** Assigns although requirements are missing; it is noted in the audit trail. */
  override: z.boolean().default(false),
});
export const Unassign = z.strictObject({
  agentId: z.string().min(1).max(60),
  reason: z.string().trim().min(1, "Say why.").max(1000),
});
export const CampaignWithdrawal = z.strictObject({ reason: z.string().trim().max(1000).optional() });
export const Assigned = CampaignPlace.extend({ batchId: z.string() }).meta({ id: "Assigned" });
export type Assigned = z.infer<typeof Assigned>;

/** Unlocks a campaign for an agent, or locks it again. */
export const AccessChange = z.strictObject({ agentId: z.string().min(1).max(60), unlocked: z.boolean() });

/** Requirements that are being written: who of today's agents would qualify. */
export const PreviewQuery = z.strictObject({ requirements: Requirements });
export const Preview = z
  .object({
    /** Agents in open stages and in those of kind `hired`. */
    agents: z.number().int(),
    eligible: z.number().int(),
    /** How many lack what, most first. */
    lacking: z.array(z.object({ kind: z.string(), text: z.string(), agents: z.number().int() })),
    /** Some who qualify, and some who lack one thing only. */
    examples: z.array(z.object({ agentId: z.string(), name: z.string(), missing: z.array(Missing) })),
  })
  .meta({ id: "RequirementsPreview" });
export type Preview = z.infer<typeof Preview>;

/** What requirements can name here. */
export const RequirementWords = z
  .object({
    stages: z.array(z.object({ key: z.string(), name: z.string(), kind: z.string() })),
    documentTypes: z.array(z.object({ key: z.string(), name: z.string() })),
    evaluationTypes: z.array(
      z.object({ key: z.string(), name: z.string(), minScore: z.number(), maxScore: z.number() }),
    ),
    steps: z.array(z.object({ id: z.string(), key: z.string(), title: z.string() })),
    skills: z.array(z.string()),
    tags: z.array(z.string()),
  })
  .meta({ id: "RequirementWords" });
export type RequirementWords = z.infer<typeof RequirementWords>;
