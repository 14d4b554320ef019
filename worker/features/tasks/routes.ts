import { Hono } from "hono";
import { answer, answerRead } from "../../http/answer";
import { ctxFor, endpoint } from "../../http/endpoint";
import type { HttpEnv } from "../../http/types";
import { body, ifMatch, query } from "../../http/validate";
import { createTask, deleteTask, updateTask } from "./change";
import { NewTask, Task, TaskChange, TaskListQuery, TaskPage } from "./schema";
import { getTask, listTasks } from "./tasks";

const tag = "Tasks";

export const tasksRoutes = new Hono<HttpEnv>()
  .get(
    "/",
    endpoint({
      summary: "Tasks of the team, the newest or what is due first",
      tag,
      who: "task.read",
      answers: { 200: TaskPage },
      errors: [422],
    }),
    query(TaskListQuery),
    async (c) => answerRead(c, await listTasks(ctxFor(c), c.req.valid("query"))),
  )
  .post(
    "/",
    endpoint({
      summary: "Make a task",
      tag,
      who: "task.write",
      answers: { 201: Task },
      errors: [404, 422],
    }),
    body(NewTask),
    (c) =>
      answer(
        c,
        ctxFor(c),
        (ctx) => createTask(ctx, c.req.valid("json")),
        (task) => ({
          status: 201,
          body: task,
          location: `/api/workflow-tasks/${task.id}`,
          version: task.version,
        }),
      ),
  )
  .get(
    "/:id",
    endpoint({ summary: "One task", tag, who: "task.read", answers: { 200: Task }, errors: [404] }),
    async (c) => {
      const task = await getTask(ctxFor(c), c.req.param("id"));
      c.header("etag", `"${task.version}"`);
      return c.json(task);
    },
  )
  .patch(
    "/:id",
    endpoint({
      summary: "Change a task, or mark it done",
      tag,
      who: "task.write",
      answers: { 200: Task },
      errors: [404, 409, 412, 422],
    }),
    body(TaskChange),
    async (c) => {
      const task = await updateTask(ctxFor(c), c.req.param("id"), c.req.valid("json"), ifMatch(c));
      c.header("etag", `"${task.version}"`);
      return c.json(task);
    },
  )
  .delete(
    "/:id",
    endpoint({
      summary: "Take a task away",
      tag,
      who: "task.write",
      answers: { 204: null },
      errors: [404, 409],
    }),
    async (c) => {
      await deleteTask(ctxFor(c), c.req.param("id"));
      return c.body(null, 204);
    },
  );
