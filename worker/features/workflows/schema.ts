import { z } from "zod";
import { Name, pageOf, pageQuery, Time } from "../../http/shapes";
import { ACTION_TYPES, STAGE_KINDS, STATUS_WORDS } from "../pipelines/words";
import { ACTION_RECIPIENTS, MEETING_MODES } from "./words";

const key = z
  .string()
  .trim()
  .regex(/^[a-z][a-z0-9_-]{0,59}$/, "Use small letters, digits, _ and -, starting with a letter.");
const recipient = z.enum(ACTION_RECIPIENTS).or(z.literal("candidate").transform(() => "person" as const));
const template = z.string().trim().min(1).max(60);
const title = z.string().trim().min(1, "Write a title.").max(200);

/** What each type of action needs. */
export const ActionConfig = {
  email: z.strictObject({
    template,
    to: recipient.default("person"),
    delayMinutes: z
      .number()
      .int()
      .min(0)
      .max(60 * 24 * 60)
      .default(0),
  }),
  sms: z.strictObject({ template }),
  notification: z.strictObject({
    to: recipient.default("team"),
    title,
    message: z.string().trim().max(1000).optional(),
  }),
  task: z.strictObject({
    title,
    description: z.string().trim().max(5000).optional(),
    /** `recruiter`, `hiring_manager`, `mover`, or the id of a user of the team. */
    assignee: z.string().trim().max(60).optional(),
    dueInDays: z.number().int().min(0).max(365).optional(),
  }),
  meeting: z.strictObject({
    durationMinutes: z.number().int().min(5).max(480).default(30),
    mode: z.enum(MEETING_MODES).default("Video"),
    title: title.optional(),
    assignee: z.string().trim().max(60).optional(),
  }),
  campaign_access: z.strictObject({ campaignId: z.string().max(60) }),
} as const;

const named = { id: z.string().max(60).optional(), name: z.string().trim().max(200).nullable().optional() };
const variants = <Extra extends z.ZodRawShape>(extra: Extra) =>
  z.discriminatedUnion("type", [
    z.strictObject({ type: z.literal("email"), ...named, ...extra, ...ActionConfig.email.shape }),
    z.strictObject({ type: z.literal("sms"), ...named, ...extra, ...ActionConfig.sms.shape }),
    z.strictObject({
      type: z.literal("notification"),
      ...named,
      ...extra,
      ...ActionConfig.notification.shape,
    }),
    z.strictObject({ type: z.literal("task"), ...named, ...extra, ...ActionConfig.task.shape }),
    z.strictObject({ type: z.literal("meeting"), ...named, ...extra, ...ActionConfig.meeting.shape }),
    z.strictObject({
      type: z.literal("campaign_access"),
      ...named,
      ...extra,
      ...ActionConfig.campaign_access.shape,
    }),
  ]);
/** An action as one writes it: its type, and the fields of that type beside it. */
export const NewAction = variants({});
export type NewAction = z.infer<typeof NewAction>;

/** An action as it is shown: `config` has the fields of its type. */
export const StageAction = z
  .object({
    id: z.string(),
    stageId: z.string(),
    type: z.enum(ACTION_TYPES),
    name: z.string().nullable(),
    position: z.number().int(),
    config: z.record(z.string(), z.unknown()),
  })
  .meta({ id: "StageAction" });
export type StageAction = z.infer<typeof StageAction>;
export const StageActionPage = pageOf(StageAction);

/** What the candidate reads of a stage; never its name, which is the team's. */
const publicWords = {
  /** Null for the words of the stage's status. */
  publicName: z.string().trim().min(1).max(80).nullable(),
  /** What happens next, in a sentence. */
  publicNext: z.string().trim().min(1).max(300).nullable(),
  /** Days until an answer is promised to whoever enters; null for what the organization promises. */
  replyByDays: z.number().int().min(1).max(365).nullable(),
};

/** A stage as one writes it. A key that is left out is made from the name. */
export const NewStage = z.strictObject({
  key: key.optional(),
  name: Name,
  description: z.string().trim().max(1000).nullable().default(null),
  kind: z.enum(STAGE_KINDS).default("open"),
  publicName: publicWords.publicName.default(null),
  publicNext: publicWords.publicNext.default(null),
  replyByDays: publicWords.replyByDays.default(null),
  sharesWithClient: z.boolean().default(false),
  actions: z.array(NewAction).max(20).default([]),
});
export type NewStage = z.infer<typeof NewStage>;

/** A stage of a template or of a pipeline, with its actions. */
export const WorkflowStep = z
  .object({
    id: z.string(),
    /** The template or pipeline that it belongs to. */
    pipelineId: z.string(),
    templateId: z.string().nullable(),
    key: z.string(),
    name: z.string(),
    description: z.string().nullable(),
    /** What the candidate reads instead of the name; null for the words of the status. */
    publicName: z.string().nullable(),
    publicNext: z.string().nullable(),
    replyByDays: z.number().int().nullable(),
    kind: z.enum(STAGE_KINDS),
    status: z.enum(STATUS_WORDS),
    position: z.number().int(),
    sharesWithClient: z.boolean(),
    /** People who stand here; 0 in a template. */
    count: z.number().int(),
    actions: z.array(StageAction),
  })
  .meta({ id: "WorkflowStep" });
export type WorkflowStep = z.infer<typeof WorkflowStep>;
export const WorkflowStepPage = pageOf(WorkflowStep);

export const WorkflowTemplate = z
  .object({
    id: z.string(),
    name: z.string(),
    description: z.string().nullable(),
    isDefault: z.boolean(),
    stages: z.array(WorkflowStep),
    version: z.number().int(),
    createdAt: Time,
    updatedAt: Time,
  })
  .meta({ id: "WorkflowTemplate" });
export type WorkflowTemplate = z.infer<typeof WorkflowTemplate>;
export const WorkflowTemplatePage = pageOf(WorkflowTemplate);
export const WorkflowTemplateQuery = z.strictObject(pageQuery);

/** Without stages it begins with those of the default template. */
export const NewWorkflowTemplate = z.strictObject({
  name: Name,
  description: z.string().trim().max(1000).nullable().default(null),
  isDefault: z.boolean().default(false),
  stages: z.array(NewStage).min(1).max(30).optional(),
});
export type NewWorkflowTemplate = z.infer<typeof NewWorkflowTemplate>;

export const WorkflowTemplateChange = z
  .strictObject({
    name: Name,
    description: z.string().trim().max(1000).nullable(),
    isDefault: z.literal(true),
  })
  .partial()
  .refine((change) => Object.keys(change).length > 0, "Send at least one field to change.");
export type WorkflowTemplateChange = z.infer<typeof WorkflowTemplateChange>;

/** Carries the template's stages over to jobs that are under way; people keep their place. */
export const ApplyTemplate = z.strictObject({
  /** Jobs to change; all open ones made from it if left out. */
  jobIds: z.array(z.string().max(60)).max(200).optional(),
  /** Only says what would change. */
  dryRun: z.boolean().default(false),
});
export type ApplyTemplate = z.infer<typeof ApplyTemplate>;
export const AppliedTemplate = z
  .object({
    results: z.array(
      z.object({
        jobId: z.string(),
        title: z.string(),
        ok: z.boolean(),
        added: z.array(z.string()),
        renamed: z.array(z.string()),
        removed: z.array(z.string()),
        error: z.string().optional(),
      }),
    ),
  })
  .meta({ id: "AppliedTemplate" });
export type AppliedTemplate = z.infer<typeof AppliedTemplate>;

/** Stages of one template, or of one pipeline. */
export const WorkflowStepQuery = z.strictObject({
  ...pageQuery,
  templateId: z.string().max(60).optional(),
  pipelineId: z.string().max(60).optional(),
});
export const NewWorkflowStep = z
  .strictObject({
    templateId: z.string().max(60).optional(),
    pipelineId: z.string().max(60).optional(),
    ...NewStage.shape,
    /** Where it stands, from 0; before the closed stages if left out. */
    position: z.number().int().min(0).max(50).optional(),
  })
  .refine((step) => Boolean(step.templateId) !== Boolean(step.pipelineId), {
    path: ["templateId"],
    message: "Name the template or the pipeline that it belongs to.",
  });
export type NewWorkflowStep = z.infer<typeof NewWorkflowStep>;
export const WorkflowStepChange = z
  .strictObject({
    name: Name,
    description: z.string().trim().max(1000).nullable(),
    ...publicWords,
    kind: z.enum(STAGE_KINDS),
    position: z.number().int().min(0).max(50),
    sharesWithClient: z.boolean(),
  })
  .partial()
  .refine((change) => Object.keys(change).length > 0, "Send at least one field to change.");
export type WorkflowStepChange = z.infer<typeof WorkflowStepChange>;
/** Where people who stand in a stage go when it is taken away. */
export const WorkflowStepRemoval = z.strictObject({
  /** The key of the stage that they move to; needed while somebody stands there. */
  moveTo: z.string().max(60).optional(),
});

export const WorkflowActionQuery = z.strictObject({ ...pageQuery, stepId: z.string().max(60).optional() });
/** An action of a stage, with the fields of its type; the last one if no position is named. */
export const NewWorkflowAction = variants({
  stepId: z.string().max(60),
  position: z.number().int().min(0).max(50).optional(),
});
export type NewWorkflowAction = z.infer<typeof NewWorkflowAction>;
export const WorkflowActionChange = z
  .strictObject({
    name: z.string().trim().max(200).nullable(),
    position: z.number().int().min(0).max(50),
    /** The fields of the action's type, all of them. */
    config: z.record(z.string(), z.unknown()),
  })
  .partial()
  .refine((change) => Object.keys(change).length > 0, "Send at least one field to change.");
export type WorkflowActionChange = z.infer<typeof WorkflowActionChange>;

/** Mails that a stage can send, for whoever builds a workflow. */
export const MailTemplateList = z.object({
  data: z.array(z.object({ key: z.string(), name: z.string(), subject: z.string(), text: z.string() })),
  nextCursor: z.null(),
});
export type MailTemplateList = z.infer<typeof MailTemplateList>;
