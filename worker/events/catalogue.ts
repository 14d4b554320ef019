import { z } from "zod";

/** One kind of event: its fields, what it means, and an example that satisfies them. */
interface Entry<S extends z.ZodType> {
  summary: string;
  data: S;
  example: z.infer<S>;
  /** False for events that only feed our own screens and never leave the building. */
  external: boolean;
}
const entry = <S extends z.ZodType>(
  summary: string,
  data: S,
  example: z.infer<S>,
  external = true,
): Entry<S> => ({
  summary,
  data,
  example,
  external,
});

const id = z.string().min(1).max(80);
/** An event about a document names its owner: an agent or a candidate. */
const owner = { agentId: id.optional(), candidateId: id.optional() };

const job = z.strictObject({ jobId: id, clientId: id, title: z.string() });
const jobExample = { jobId: "job_01", clientId: "clt_01", title: "Customer support lead" };

const interview = z.strictObject({
  interviewId: id,
  applicationId: id,
  candidateId: id,
  jobId: id,
  round: z.number().int(),
  status: z.string(),
});
const interviewExample = (status: string) => ({
  interviewId: "int_01",
  applicationId: "app_01",
  candidateId: "cand_01",
  jobId: "job_01",
  round: 1,
  status,
});

/** Ids and words only: never CV text, equal-opportunity answers or pay. */
export const CATALOGUE = {
  "agent.created": entry(
    "Somebody registered as an agent and stands in the first stage of the agent pool.",
    z.strictObject({ agentId: id, email: z.string(), atsId: id }),
    { agentId: "agt_01", email: "ada@example.com", atsId: "app_01" },
  ),
  "agent.status_changed": entry(
    "An agent was moved to another stage of the agent pool.",
    z.strictObject({ agentId: id, oldStatus: z.string(), newStatus: z.string(), changedBy: id }),
    { agentId: "agt_01", oldStatus: "applied", newStatus: "screening", changedBy: "usr_01" },
  ),
  "document.uploaded": entry(
    "A document arrived and waits for review.",
    z.strictObject({ ...owner, documentId: id, type: z.string(), status: z.string() }),
    { agentId: "agt_01", documentId: "doc_01", type: "w9", status: "pending" },
  ),
  "document.approved": entry(
    "A document was approved.",
    z.strictObject({ ...owner, documentId: id, reviewedBy: id }),
    { agentId: "agt_01", documentId: "doc_01", reviewedBy: "usr_01" },
  ),
  "document.rejected": entry(
    "A document was rejected; the reason says what to mend.",
    z.strictObject({ ...owner, documentId: id, reviewedBy: id, reason: z.string() }),
    { agentId: "agt_01", documentId: "doc_01", reviewedBy: "usr_01", reason: "The signature is missing." },
  ),
  "candidate.created": entry("A candidate was created.", z.strictObject({ candidateId: id }), {
    candidateId: "cand_01",
  }),
  "candidate.updated": entry("A candidate's profile changed.", z.strictObject({ candidateId: id }), {
    candidateId: "cand_01",
  }),
  "application.received": entry(
    "Somebody applied for a job, or was added to it.",
    z.strictObject({ applicationId: id, candidateId: id, jobId: id, source: z.string() }),
    { applicationId: "app_01", candidateId: "cand_01", jobId: "job_01", source: "careers page" },
  ),
  "application.status_changed": entry(
    "Somebody was moved to another stage of a job's pipeline, or an agent to another one of a campaign's.",
    z.strictObject({
      applicationId: id,
      candidateId: id.optional(),
      jobId: id.optional(),
      agentId: id.optional(),
      campaignId: id.optional(),
      oldStatus: z.string(),
      newStatus: z.string(),
      changedBy: id,
      reason: z.string().optional(),
    }),
    {
      applicationId: "app_01",
      candidateId: "cand_01",
      jobId: "job_01",
      oldStatus: "application-received",
      newStatus: "initial-screening",
      changedBy: "usr_01",
    },
  ),
  "campaign.applied": entry(
    "An agent applied to a campaign.",
    z.strictObject({ agentId: id, campaignId: id, applicationId: id }),
    { agentId: "agt_01", campaignId: "camp_01", applicationId: "app_01" },
  ),
  "campaign.assigned": entry(
    "An agent was assigned to a campaign.",
    z.strictObject({ agentId: id, campaignId: id, startDate: z.string() }),
    { agentId: "agt_01", campaignId: "camp_01", startDate: "2026-12-01" },
  ),
  "evaluation.completed": entry(
    "Somebody was assessed: by the team, by a quiz, or by a system outside.",
    z.strictObject({ ...owner, evaluationType: z.string(), score: z.number() }),
    { agentId: "agt_01", evaluationType: "english", score: 87 },
  ),
  "onboarding.step_completed": entry(
    "An agent completed a step of the onboarding.",
    z.strictObject({ agentId: id, stepId: id }),
    { agentId: "agt_01", stepId: "step_01" },
  ),
  "onboarding.completed": entry(
    "An agent completed every step of the onboarding that applies.",
    z.strictObject({ agentId: id }),
    { agentId: "agt_01" },
  ),
  "campaign.updated": entry(
    "A campaign was made, or changed: whoever shows it reads it again.",
    z.strictObject({ campaignId: id, fields: z.array(z.string()) }),
    { campaignId: "camp_01", fields: ["seats"] },
    false,
  ),
  "campaign.eligibility_changed": entry(
    "A campaign opened up for an agent, or closed again, because of what they did or what expired.",
    z.strictObject({ agentId: id, campaignId: id, eligible: z.boolean() }),
    { agentId: "agt_01", campaignId: "camp_01", eligible: true },
    false,
  ),
  "campaign.unlocked": entry(
    "A campaign was unlocked for an agent, or locked again.",
    z.strictObject({ agentId: id, campaignId: id, unlocked: z.boolean() }),
    { agentId: "agt_01", campaignId: "camp_01", unlocked: true },
    false,
  ),
  "document.expired": entry(
    "An approved document no longer counts, because its time is over.",
    z.strictObject({ ...owner, documentId: id, type: z.string() }),
    { agentId: "agt_01", documentId: "doc_01", type: "certificate" },
    false,
  ),
  "onboarding.changed": entry(
    "The steps of the onboarding changed, or the team waived or reopened one for an agent.",
    z.strictObject({ stepId: id, agentId: id.optional() }),
    { stepId: "step_01" },
    false,
  ),
  "job.posted": entry("A job is open now.", job, jobExample),
  "job.closed": entry("A job is no longer open.", job, jobExample),
  "interview.booked": entry("A time of an interview was chosen.", interview, interviewExample("Confirmed")),
  "interview.scheduled": entry(
    "The calendar invitation of an interview went out.",
    interview,
    interviewExample("Scheduled"),
  ),
  "interview.completed": entry(
    "An interview took place; its decision is due.",
    interview,
    interviewExample("Completed"),
  ),
  "interview.passed": entry("Somebody passed a round.", interview, interviewExample("Passed")),
  "interview.failed": entry(
    "Somebody did not pass a round, and was rejected.",
    interview,
    interviewExample("Failed"),
  ),
  "interview.cancelled": entry("An interview was cancelled.", interview, interviewExample("Cancelled")),
  "interview.no_show": entry(
    "Somebody did not come to an interview.",
    interview,
    interviewExample("No Show"),
  ),
  "hiring.initiated": entry(
    "It was decided after an interview to hire somebody.",
    z.strictObject({ applicationId: id, candidateId: id, jobId: id, interviewId: id }),
    { applicationId: "app_01", candidateId: "cand_01", jobId: "job_01", interviewId: "int_01" },
  ),
  "integration.failed": entry(
    "An endpoint's circuit opened, or a source's events can no longer be taken in.",
    z.strictObject({ integrationId: id, type: z.string(), cause: z.string().optional() }),
    { integrationId: "whe_01", type: "webhook", cause: "timeout" },
  ),
  "integration.recovered": entry(
    "What `integration.failed` told of works again.",
    z.strictObject({ integrationId: id, type: z.string(), cause: z.string().optional() }),
    { integrationId: "whe_01", type: "webhook" },
  ),
  "integration.disabled": entry(
    "An endpoint was turned off: it answered 410, or had no success for 120 hours.",
    z.strictObject({ integrationId: id, type: z.string(), reason: z.string() }),
    { integrationId: "whe_01", type: "webhook", reason: "failing" },
    false,
  ),
  "interview.created": entry(
    "A round was set up, and the candidate asked for a time unless it is a draft.",
    interview,
    interviewExample("Awaiting Candidate Confirmation"),
    false,
  ),
  "interview.updated": entry(
    "An interview, its proposed times or what was said of it changed.",
    interview,
    interviewExample("Scheduled"),
    false,
  ),
  "application.updated": entry(
    "An application's rating, tags, star, notes or place in the archive changed.",
    z.strictObject({ applicationId: id, candidateId: id, jobId: id, fields: z.array(z.string()) }),
    { applicationId: "app_01", candidateId: "cand_01", jobId: "job_01", fields: ["rating"] },
    false,
  ),
  "application.held": entry(
    "An application that looks like nobody's waits for the team, or was decided on.",
    z.strictObject({ heldId: id, jobId: id, status: z.string() }),
    { heldId: "app_01", jobId: "job_01", status: "waiting" },
    false,
  ),
  "result.received": entry(
    "A portal sent the result of an assessment or a screening.",
    z.strictObject({ candidateId: id, applicationId: id.optional(), kind: z.string(), type: z.string() }),
    { candidateId: "cand_01", applicationId: "app_01", kind: "assessment", type: "english" },
    false,
  ),
  "note.added": entry(
    "Somebody of the team wrote a note.",
    z.strictObject({ noteId: id, candidateId: id, applicationId: id.optional() }),
    { noteId: "note_01", candidateId: "cand_01" },
    false,
  ),
  "note.updated": entry(
    "Somebody of the team changed the words of a note.",
    z.strictObject({ noteId: id, candidateId: id, applicationId: id.optional() }),
    { noteId: "note_01", candidateId: "cand_01" },
    false,
  ),
  "task.created": entry(
    "The team has a new task.",
    z.strictObject({ taskId: id, assigneeId: id.optional(), applicationId: id.optional() }),
    { taskId: "task_01", assigneeId: "usr_01" },
    false,
  ),
  "task.updated": entry(
    "A task was changed, done or opened again.",
    z.strictObject({
      taskId: id,
      status: z.string(),
      assigneeId: id.optional(),
      applicationId: id.optional(),
    }),
    { taskId: "task_01", status: "done" },
    false,
  ),
  "job.updated": entry(
    "A job, its form, its team or its stages changed.",
    z.strictObject({ jobId: id, fields: z.array(z.string()) }),
    { jobId: "job_01", fields: ["title"] },
    false,
  ),
  "job.answers_late": entry(
    "Answers that applicants of a job were promised are late.",
    z.strictObject({ jobId: id, answers: z.number().int() }),
    { jobId: "job_01", answers: 2 },
    false,
  ),
  "pipeline.changed": entry(
    "The stages of a pipeline changed: whoever shows it reads it again.",
    z.strictObject({ pipelineId: id }),
    { pipelineId: "pipe_01" },
    false,
  ),
  "agent.updated": entry(
    "An agent's profile, tags or rating changed.",
    z.strictObject({ agentId: id, fields: z.array(z.string()) }),
    { agentId: "agt_01", fields: ["phone"] },
    false,
  ),
  "document.deleted": entry(
    "A document was taken back.",
    z.strictObject({ ...owner, documentId: id }),
    { agentId: "agt_01", documentId: "doc_01" },
    false,
  ),
  "document.requested": entry(
    "Somebody was asked for a document.",
    z.strictObject({ ...owner, requestId: id, type: z.string() }),
    { agentId: "agt_01", requestId: "req_01", type: "w9" },
    false,
  ),
  "notification.created": entry(
    "Somebody has a new notification.",
    z.strictObject({
      notificationId: id,
      type: z.string(),
      title: z.string(),
      message: z.string(),
      entityType: z.string().nullable(),
      entityId: z.string().nullable(),
    }),
    {
      notificationId: "ntf_01",
      type: "agent_status_change",
      title: "You are in Screening now",
      message: "",
      entityType: "agent",
      entityId: "agt_01",
    },
    false,
  ),
  "notification.read": entry(
    "Somebody read notifications, on this or another device.",
    z.strictObject({ notificationId: id.nullable(), read: z.boolean() }),
    { notificationId: "ntf_01", read: true },
    false,
  ),
} as const;

export type EventType = keyof typeof CATALOGUE;
export type EventData<T extends EventType> = z.infer<(typeof CATALOGUE)[T]["data"]>;

/** True for a word that the catalogue knows. */
export function isEventType(type: string): type is EventType {
  return Object.hasOwn(CATALOGUE, type);
}
