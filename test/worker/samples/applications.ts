import { csvForm, pdfForm } from "../world";
import { fresh, id, type Samples, soon } from "./sample";

/** Calls of the routes of candidates, applications and interviews. */
export const applications: Samples = {
  "GET /api/candidates": ({ candidateEmail }) => ({
    as: "recruiter",
    status: 200,
    query: { q: candidateEmail },
  }),
  "POST /api/candidates": () => ({
    as: "recruiter",
    status: 201,
    json: { email: `${fresh("new")}@people.test`, name: "New Person", skills: ["sales"] },
  }),
  "POST /api/candidates/import": () => ({
    as: "recruiter",
    status: 200,
    form: () => csvForm(`First name,E-mail\nNew,${fresh("new")}@people.test\n`),
  }),
  "GET /api/candidates/imports/:id": ({ importId }) => ({
    as: "recruiter",
    status: 200,
    params: id(importId),
  }),
  "GET /api/candidates/imports/:id/errors.csv": ({ importId }) => ({
    as: "recruiter",
    status: 200,
    params: id(importId),
  }),
  "GET /api/candidates/export": () => ({ as: "recruiter", status: 200, query: { format: "json" } }),
  "GET /api/candidates/:id": ({ candidateId }) => ({ as: "recruiter", status: 200, params: id(candidateId) }),
  "PUT /api/candidates/:id": ({ candidateId }) => ({
    as: "recruiter",
    status: 200,
    params: id(candidateId),
    json: { city: "Lund" },
  }),
  "PATCH /api/candidates/:id": ({ candidateId }) => ({
    as: "recruiter",
    status: 200,
    params: id(candidateId),
    json: { tags: ["senior"] },
  }),
  "DELETE /api/candidates/:id": ({ candidateId }) => ({
    as: "recruiter",
    status: 204,
    params: id(candidateId),
  }),
  "GET /api/candidates/:id/notes": ({ candidateId }) => ({
    as: "recruiter",
    status: 200,
    params: id(candidateId),
  }),
  "POST /api/candidates/:id/notes": ({ candidateId }) => ({
    as: "recruiter",
    status: 201,
    params: id(candidateId),
    json: { text: "Calm on the phone" },
  }),
  "PATCH /api/candidates/:id/notes/:noteId": ({ candidateId, noteId }) => ({
    as: "recruiter",
    status: 200,
    params: { id: candidateId, noteId },
    json: { text: "Very calm on the phone" },
  }),
  "DELETE /api/candidates/:id/notes/:noteId": ({ candidateId, noteId }) => ({
    as: "recruiter",
    status: 204,
    params: { id: candidateId, noteId },
  }),
  "GET /api/candidates/:id/timeline": ({ candidateId }) => ({
    as: "recruiter",
    status: 200,
    params: id(candidateId),
  }),
  "POST /api/candidates/:id/send-selection-notification": ({ candidateId }) => ({
    as: "recruiter",
    status: 200,
    params: id(candidateId),
  }),

  "GET /api/jobs/:id/candidates": ({ jobId }) => ({ as: "client_user", status: 200, params: id(jobId) }),
  "POST /api/jobs/:id/candidates": ({ jobId }) => ({
    as: "recruiter",
    status: 201,
    params: id(jobId),
    form: () => {
      const form = pdfForm({ name: "New Person", email: `${fresh("new")}@people.test` }, "cv.pdf");
      form.delete("type");
      return form;
    },
  }),
  "GET /api/applications": ({ jobId }) => ({ as: "client_user", status: 200, query: { jobId } }),
  "POST /api/applications": ({ org, jobId }) => ({
    as: "nobody",
    status: 201,
    json: { org, job: jobId, candidateData: { name: "New Person", email: `${fresh("new")}@people.test` } },
  }),
  "GET /api/applications/status": ({ statusToken }) => ({
    as: "nobody",
    status: 200,
    query: { token: statusToken },
  }),
  "POST /api/applications/status/resend": ({ org, jobId, email }) => ({
    as: "nobody",
    status: 202,
    json: { org, job: jobId, email },
  }),
  "POST /api/applications/drafts": ({ org, jobId }) => ({
    as: "nobody",
    status: 201,
    json: { org, job: jobId, data: { formAnswers: { why: "The people" } } },
  }),
  "GET /api/applications/drafts/:token": ({ draftToken }) => ({
    as: "nobody",
    status: 200,
    params: { token: draftToken },
  }),
  "PUT /api/applications/drafts/:token": ({ draftToken }) => ({
    as: "nobody",
    status: 200,
    params: { token: draftToken },
    json: { data: { candidateData: { firstName: "New" } } },
  }),
  "PUT /api/applications/drafts/:token/files/:field": ({ draftToken }) => ({
    as: "nobody",
    status: 200,
    params: { token: draftToken, field: "cv" },
    form: () => pdfForm({}, "cv.pdf"),
  }),
  "DELETE /api/applications/drafts/:token/files/:field": ({ draftToken }) => ({
    as: "nobody",
    status: 204,
    params: { token: draftToken, field: "cv" },
  }),
  "POST /api/applications/drafts/:token/mail": ({ draftToken }) => ({
    as: "nobody",
    status: 204,
    params: { token: draftToken },
    json: { email: `${fresh("new")}@people.test` },
  }),
  "POST /api/applications/steps": ({ org, jobId }) => ({
    as: "nobody",
    status: 204,
    json: { org, job: jobId, step: "viewed" },
  }),
  "GET /api/applications/held": ({ jobId }) => ({ as: "recruiter", status: 200, query: { jobId } }),
  "GET /api/applications/held/:id": ({ waitingId }) => ({
    as: "recruiter",
    status: 200,
    params: id(waitingId),
  }),
  "GET /api/applications/held/:id/files/:field": ({ waitingId }) => ({
    as: "recruiter",
    status: 200,
    params: { id: waitingId, field: "cv" },
  }),
  "POST /api/applications/held/:id/accept": ({ waitingId }) => ({
    as: "recruiter",
    status: 200,
    params: id(waitingId),
  }),
  "POST /api/applications/held/:id/discard": ({ waitingId }) => ({
    as: "recruiter",
    status: 200,
    params: id(waitingId),
  }),
  "POST /api/applications/held/:id/restore": ({ waitingId }) => ({
    as: "recruiter",
    status: 200,
    params: id(waitingId),
  }),
  "GET /api/jobs/:id/apply-steps": ({ jobId }) => ({
    as: "recruiter",
    status: 200,
    params: id(jobId),
    query: { days: "7" },
  }),
  "GET /api/jobs/:id/sources": ({ jobId }) => ({ as: "recruiter", status: 200, params: id(jobId) }),
  "GET /api/jobs/:id/equal-opportunity": ({ jobId }) => ({ as: "admin", status: 200, params: id(jobId) }),
  "GET /api/organization/equal-opportunity": () => ({ as: "admin", status: 200 }),
  "POST /api/applications/bulk": ({ applicationId }) => ({
    as: "recruiter",
    status: 200,
    json: { action: "tag", ids: [applicationId], tags: ["strong"] },
  }),
  "GET /api/applications/export": ({ jobId }) => ({ as: "recruiter", status: 200, query: { jobId } }),
  "GET /api/applications/:id": ({ applicationId }) => ({
    as: "candidate",
    status: 200,
    params: id(applicationId),
  }),
  "PATCH /api/applications/:id": ({ applicationId }) => ({
    as: "recruiter",
    status: 200,
    params: id(applicationId),
    json: { rating: 4 },
  }),
  "DELETE /api/applications/:id": ({ applicationId }) => ({
    as: "recruiter",
    status: 204,
    params: id(applicationId),
  }),
  "POST /api/applications/:id/advance": ({ applicationId }) => ({
    as: "recruiter",
    status: 200,
    params: id(applicationId),
    json: { reason: "As we said" },
  }),
  "POST /api/applications/:id/move-stage": ({ applicationId }) => ({
    as: "recruiter",
    status: 200,
    params: id(applicationId),
    json: { stage: "phone-screen" },
  }),
  "POST /api/applications/:id/withdraw": ({ applicationId }) => ({
    as: "candidate",
    status: 200,
    params: id(applicationId),
    json: { reason: "As we said" },
  }),
  "GET /api/applications/:id/history": ({ applicationId }) => ({
    as: "client_user",
    status: 200,
    params: id(applicationId),
  }),

  "GET /api/candidates/:id/interview-history": ({ candidateId }) => ({
    as: "client_user",
    status: 200,
    params: id(candidateId),
  }),
  "GET /api/interviews": ({ jobId }) => ({ as: "client_user", status: 200, query: { jobId } }),
  "POST /api/interviews": ({ freeApplicationId }) => ({
    as: "recruiter",
    status: 201,
    json: {
      applicationId: freeApplicationId,
      proposedSlots: [{ start: soon(3) }],
      timeZone: "Europe/Berlin",
    },
  }),
  "GET /api/interviews/stats/pipeline": () => ({ as: "client_user", status: 200 }),
  "GET /api/interviews/:id": ({ interviewId }) => ({
    as: "client_user",
    status: 200,
    params: id(interviewId),
  }),
  "PUT /api/interviews/:id": ({ interviewId }) => ({
    as: "recruiter",
    status: 200,
    params: id(interviewId),
    json: { proposedSlots: [{ start: soon(4) }] },
  }),
  "POST /api/interviews/:id/book-slot": ({ openInterviewId }) => ({
    as: "candidate",
    status: 200,
    params: id(openInterviewId),
    json: { slotId: "first" },
  }),
  "POST /api/interviews/:id/send-invite": ({ bookedInterviewId }) => ({
    as: "recruiter",
    status: 200,
    params: id(bookedInterviewId),
  }),
  "POST /api/interviews/:id/mark-completed": ({ interviewId }) => ({
    as: "recruiter",
    status: 200,
    params: id(interviewId),
    json: { rating: 4 },
  }),
  "POST /api/interviews/:id/mark-no-show": ({ interviewId }) => ({
    as: "recruiter",
    status: 200,
    params: id(interviewId),
  }),
  "POST /api/interviews/:id/cancel": ({ interviewId }) => ({
    as: "recruiter",
    status: 200,
    params: id(interviewId),
    json: { reason: "We are ill" },
  }),
  "POST /api/interviews/:id/move-to-next-round": ({ heldInterviewId }) => ({
    as: "client_user",
    status: 200,
    params: id(heldInterviewId),
    json: { feedback: "Knows the work" },
  }),
  "POST /api/interviews/:id/reject": ({ heldInterviewId }) => ({
    as: "client_user",
    status: 200,
    params: id(heldInterviewId),
    json: { reason: "Too little experience" },
  }),
  "POST /api/interviews/:id/initiate-hiring": ({ heldInterviewId }) => ({
    as: "client_user",
    status: 200,
    params: id(heldInterviewId),
    json: { rating: 5 },
  }),
  "POST /api/interviews/:id/feedback": ({ heldInterviewId }) => ({
    as: "client_user",
    status: 200,
    params: id(heldInterviewId),
    json: { feedback: "Kind", rating: 4 },
  }),

  "POST /api/documents/upload": ({ agentId }) => ({
    as: "agent",
    status: 201,
    form: () => pdfForm({ agentId }),
  }),
};
