import type { Context } from "hono";
import { Hono } from "hono";
import { answer, answerOne, answerRead } from "../../http/answer";
import { ctxFor, type Endpoint, endpoint } from "../../http/endpoint";
import type { HttpEnv } from "../../http/types";
import { body, ifMatch, query } from "../../http/validate";
import { duplicateJob } from "./duplicate";
import { getForm, setForm } from "./form";
import { getJob, listJobs } from "./jobs";
import { completeJob, createJob } from "./new-job";
import { deleteJob } from "./remove";
import {
  CompletedJob,
  CompleteJob,
  FormChange,
  FormQuery,
  Job,
  JobChange,
  JobForm,
  JobListQuery,
  JobPage,
  JobTeam,
  JobTeamChange,
  NewJob,
} from "./schema";
import { getTeam, setTeam } from "./team";
import { updateJob } from "./update";

const tag = "Jobs";
const CHANGE: Endpoint = {
  summary: "Change the sent fields of a job, its status too",
  tag,
  who: "job.write",
  answers: { 200: Job },
  errors: [404, 409, 412, 422],
};

async function change(c: Context<HttpEnv>, id: string, fields: JobChange): Promise<Response> {
  const job = await updateJob(ctxFor(c), id, fields, ifMatch(c));
  c.header("etag", `"${job.version}"`);
  return c.json(job);
}

const shown = (made: Job) => ({
  status: 201 as const,
  body: made,
  location: `/api/jobs/${made.id}`,
  version: made.version,
});

export const jobsRoutes = new Hono<HttpEnv>()
  .get(
    "/",
    endpoint({
      summary: "Jobs of all statuses",
      tag,
      who: "job.read",
      answers: { 200: JobPage },
      errors: [404, 422],
    }),
    query(JobListQuery),
    async (c) => answerRead(c, await listJobs(ctxFor(c), c.req.valid("query"))),
  )
  .post(
    "/",
    endpoint({
      summary: "Make a job with the default workflow or that of a template",
      tag,
      who: "job.write",
      answers: { 201: Job },
      errors: [404, 409, 422],
    }),
    body(NewJob),
    (c) => answer(c, ctxFor(c), (ctx) => createJob(ctx, c.req.valid("json")), shown),
  )
  .post(
    "/complete",
    endpoint({
      summary: "Make a job with its form, team and workflow, all or nothing",
      tag,
      who: "job.write",
      answers: { 201: CompletedJob },
      errors: [404, 409, 422],
    }),
    body(CompleteJob),
    (c) => answer(c, ctxFor(c), (ctx) => completeJob(ctx, c.req.valid("json")), shown),
  )
  .get(
    "/:id",
    endpoint({ summary: "One job", tag, who: "job.read", answers: { 200: Job }, errors: [404] }),
    async (c) => answerOne(c, await getJob(ctxFor(c), c.req.param("id"))),
  )
  .put("/:id", endpoint(CHANGE), body(JobChange), (c) => change(c, c.req.param("id"), c.req.valid("json")))
  .patch("/:id", endpoint(CHANGE), body(JobChange), (c) => change(c, c.req.param("id"), c.req.valid("json")))
  .delete(
    "/:id",
    endpoint({
      summary: "Remove a job that nobody applied to",
      tag,
      who: "job.write",
      answers: { 204: null },
      errors: [404, 409, 412],
    }),
    async (c) => {
      await deleteJob(ctxFor(c), c.req.param("id"), ifMatch(c));
      return c.body(null, 204);
    },
  )
  .post(
    "/:id/duplicate",
    endpoint({
      summary: "Make a draft like another job, with its form, team and stages",
      tag,
      who: "job.write",
      answers: { 201: Job },
      errors: [404, 409],
    }),
    (c) => answer(c, ctxFor(c), (ctx) => duplicateJob(ctx, c.req.param("id")), shown),
  )
  .get(
    "/:id/form",
    endpoint({
      summary: "What a job asks those who apply",
      tag,
      who: "job.read",
      answers: { 200: JobForm },
      errors: [404, 422],
    }),
    query(FormQuery),
    async (c) => answerOne(c, await getForm(ctxFor(c), c.req.param("id"), c.req.valid("query").version)),
  )
  .put(
    "/:id/form",
    endpoint({
      summary: "Write the next version of a job's form",
      tag,
      who: "job.write",
      answers: { 200: JobForm },
      errors: [404, 409, 412, 422],
    }),
    body(FormChange),
    async (c) => {
      const form = await setForm(ctxFor(c), c.req.param("id"), c.req.valid("json"), ifMatch(c));
      c.header("etag", `"${form.version}"`);
      return c.json(form);
    },
  )
  .get(
    "/:id/team",
    endpoint({
      summary: "Who works on a job, and as what",
      tag,
      who: "job.write",
      answers: { 200: JobTeam },
      errors: [404],
    }),
    async (c) => answerRead(c, await getTeam(ctxFor(c), c.req.param("id"))),
  )
  .put(
    "/:id/team",
    endpoint({
      summary: "Replace the hiring team of a job",
      tag,
      who: "job.write",
      answers: { 200: JobTeam },
      errors: [404, 409, 422],
    }),
    body(JobTeamChange),
    async (c) => c.json(await setTeam(ctxFor(c), c.req.param("id"), c.req.valid("json").team)),
  );
