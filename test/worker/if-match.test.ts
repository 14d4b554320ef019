import { beforeAll, describe, expect, it } from "vitest";
import { AGENT_POOL_STAGES } from "../../worker/features/pipelines/agent-pool";
import { call, json } from "./org";
import { newWorld, type World } from "./world";

let world: World;
beforeAll(async () => {
  world = await newWorld();
});

describe("If-Match", () => {
  const change = async (kind: keyof typeof CHANGES, ifMatch: string) => {
    const [method, path, body] = CHANGES[kind]();
    return await call(method, path, {
      token: world.people.admin.token,
      json: body,
      headers: ifMatch ? { "if-match": ifMatch } : {},
    });
  };
  let count = 0;
  const CHANGES = {
    "a profile": () => ["PUT", `/api/agents/${world.things.agentId}`, { city: `City ${++count}` }] as const,
    "a move": () => {
      // More stages than there are racers, so that none asks for the stage where the agent stands.
      const status = AGENT_POOL_STAGES[++count % AGENT_POOL_STAGES.length]?.key;
      return ["PUT", `/api/agents/${world.things.agentId}/status`, { status }] as const;
    },
    "a review": () => {
      const body = { status: "rejected", reason: `Reason ${++count}` };
      return ["PUT", `/api/documents/${world.things.documentId}/status`, body] as const;
    },
    "an account": () => ["PATCH", `/api/users/${world.things.userId}`, { name: `Name ${++count}` }] as const,
    "a client": () => ["PUT", `/api/clients/${world.things.clientId}`, { city: `City ${++count}` }] as const,
    "a client's account": () => {
      const { clientId, clientUserEmail } = world.things;
      const body = { name: `Name ${++count}` };
      return ["PUT", `/api/clients/${clientId}/users/${clientUserEmail}`, body] as const;
    },
    "a job": () => ["PATCH", `/api/jobs/${world.things.jobId}`, { title: `Title ${++count}` }] as const,
    "a form": () => {
      const fields = [{ key: "why", label: `Why ${++count}?`, type: "text" }];
      return ["PUT", `/api/jobs/${world.things.jobId}/form`, { fields }] as const;
    },
    "a workflow": () => {
      return [
        "PATCH",
        `/api/workflow-templates/${world.things.templateId}`,
        { name: `Way ${++count}` },
      ] as const;
    },
    "a task": () =>
      ["PATCH", `/api/workflow-tasks/${world.things.taskId}`, { title: `Task ${++count}` }] as const,
    "an endpoint": () =>
      [
        "PATCH",
        `/api/webhooks/endpoints/${world.things.endpointId}`,
        { description: `For ${++count}` },
      ] as const,
    "a source": () =>
      ["PATCH", `/api/integrations/${world.things.sourceId}`, { name: `Source ${++count}` }] as const,
    "the organization": () => ["PATCH", "/api/organization", { name: `Org ${++count}` }] as const,
  };

  it.each(Object.keys(CHANGES) as (keyof typeof CHANGES)[])(
    "guards %s: an old version is 412 and changes nothing, the right one goes through",
    async (kind) => {
      const first = await change(kind, "");
      const made = await json<{ version: number }>(first, 200);
      expect(first.headers.get("etag")).toBe(`"${made.version}"`);
      const next = await json<{ version: number }>(await change(kind, `"${made.version}"`), 200);
      expect(next.version).toBe(made.version + 1);
      const problem = await json(await change(kind, `"${made.version}"`), 412);
      expect(problem).toMatchObject({ type: "outdated", current: { version: next.version } });
      for (const odd of ["3", "W/3", '"x"', '"1" "2"', '""', `"${"9".repeat(30)}"`]) {
        expect(await json(await change(kind, odd), 400)).toMatchObject({ type: "malformed" });
      }
      const last = await json<{ version: number }>(await change(kind, "*"), 200);
      expect(last.version).toBe(next.version + 1);
    },
  );

  it.each(Object.keys(CHANGES) as (keyof typeof CHANGES)[])(
    "lets one of five changes of %s through that name the same version",
    async (kind) => {
      const { version } = await json<{ version: number }>(await change(kind, ""), 200);
      const answers = await Promise.all(Array.from({ length: 5 }, () => change(kind, `"${version}"`)));
      const statuses = answers.map((answer) => answer.status).sort();
      expect(statuses.filter((status) => status === 200)).toHaveLength(1);
      expect(statuses.filter((status) => status === 412)).toHaveLength(4);
    },
  );
});
