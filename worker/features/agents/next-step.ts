import { iso } from "../../lib/clock";
import type { documentRequests, documents, documentTypes } from "../documents/table";
import type { StageKind } from "../pipelines/words";
import type { AgentHome } from "./schema";

interface Facts {
  kind: StageKind;
  /** They stand in the stage of the onboarding: its steps come before papers. */
  onboards: boolean;
  stageName: string;
  /** ISO time of entering the stage. */
  since: string;
  /** Now, in milliseconds. */
  now: number;
  docs: Pick<typeof documents.$inferSelect, "type" | "status" | "reason" | "expiresAt" | "createdAt">[];
  types: Pick<typeof documentTypes.$inferSelect, "key" | "name" | "required">[];
  requests: Pick<typeof documentRequests.$inferSelect, "type" | "message" | "dueDate">[];
  /** The step of the onboarding that is theirs to do next, if there is one, and how many there are. */
  onboarding: { next: NextOnboardingStep | null; done: number; of: number };
}

interface NextOnboardingStep {
  id: string;
  title: string;
  /** Why it is open again. */
  reason: string | null;
  /** In milliseconds. */
  dueAt: number | null;
}

type Next = AgentHome["next"];

/** The one next thing an agent can do, and what waits on the organization: so that silence has a reason. */
export function nextStep(facts: Facts): Pick<AgentHome, "next" | "waitingOnUs"> {
  const name = (key: string) => facts.types.find((type) => type.key === key)?.name ?? key;
  const waitingOnUs = facts.docs
    .filter((doc) => doc.status === "pending")
    .map((doc) => ({ title: `Review of your ${name(doc.type)}`, since: iso(doc.createdAt) }));
  const done = (next: Omit<Next, "stepId" | "path"> & Partial<Pick<Next, "stepId" | "path">>) => ({
    next: { stepId: null, path: null, ...next },
    waitingOnUs,
  });

  if (facts.kind === "rejected" || facts.kind === "withdrawn") {
    return done({
      kind: "closed",
      title: "Nothing is open for you here",
      detail: `You are in ${facts.stageName}. If that surprises you, write to the team.`,
      documentType: null,
    });
  }
  const over = (doc: Facts["docs"][number]) => doc.expiresAt !== null && doc.expiresAt <= facts.now;
  const settled = (key: string) =>
    facts.docs.some((doc) => doc.type === key && doc.status !== "rejected" && !over(doc));
  const asked = facts.types.filter(
    (type) => type.required || facts.requests.some((request) => request.type === type.key),
  );
  const owed = asked.filter((type) => !settled(type.key));
  const rejectedOf = (key: string) => facts.docs.find((doc) => doc.type === key && doc.status === "rejected");
  const toMend = owed.find((type) => rejectedOf(type.key));
  const step = facts.onboarding.next;
  if (step && !toMend && (facts.onboards || owed.length === 0)) {
    const due = step.dueAt === null ? "" : ` Please do it by ${iso(step.dueAt).slice(0, 10)}.`;
    const { done: over, of } = facts.onboarding;
    return done({
      kind: "onboarding",
      title: step.title,
      detail: `${step.reason ?? `Your onboarding: ${over} of ${of} steps are done.`}${due}`,
      documentType: null,
      stepId: step.id,
      path: `/onboarding/${step.id}`,
    });
  }
  const missing = toMend ?? owed[0];
  if (missing) {
    const path = `/documents?type=${encodeURIComponent(missing.key)}`;
    const rejected = rejectedOf(missing.key);
    const expired = facts.docs.some((doc) => doc.type === missing.key && over(doc));
    const request = facts.requests.find((one) => one.type === missing.key);
    const due = request?.dueDate ? `Please send it by ${request.dueDate}. ` : "";
    return done(
      rejected
        ? {
            kind: "fix",
            title: `Upload your ${missing.name} again`,
            detail: rejected.reason ?? "It could not be accepted as it is.",
            documentType: missing.key,
            path,
          }
        : {
            kind: "upload",
            title: expired ? `Upload a new ${missing.name}` : `Upload your ${missing.name}`,
            detail: `${expired ? "The one that you sent has expired. " : due}${request?.message ?? "A photo or a PDF will do; we look at it as soon as it is here."}`,
            documentType: missing.key,
            path,
          },
    );
  }
  if (waitingOnUs.length > 0) {
    return done({
      kind: "wait",
      title: "Nothing to do for you now",
      detail: "Your documents are with the team. You'll see the answer here the moment they decide.",
      documentType: null,
    });
  }
  if (facts.kind === "hired") {
    return done({
      kind: "done",
      title: "You are ready to work",
      detail: "All your documents are in order.",
      documentType: null,
    });
  }
  waitingOnUs.push({ title: `The team decides what follows ${facts.stageName}`, since: facts.since });
  return done({
    kind: "wait",
    title: "Nothing to do for you now",
    detail: "The next step is the team's. You'll see it here the moment it happens.",
    documentType: null,
  });
}
