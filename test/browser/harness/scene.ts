import type { Agent, AgentHome, MovedAgent } from "../../../worker/features/agents/schema";
import type { Document } from "../../../worker/features/documents/schema";
import type { Me } from "../../../worker/features/users/schema";
import { base } from "./server";

/** The password of everybody made here; the demo's logins have the same. */
const PASSWORD = "portico-demo-1";

let count = 0;
/** A word that no other organization or person of this run has. */
export function unique(word: string): string {
  count += 1;
  return `${word}-${Date.now().toString(36)}-${count}`;
}

/** Calls of one person with a bearer token: how tests set a scene and look behind the screens. */
export interface Caller {
  token: string;
  get<T>(path: string): Promise<T>;
  post<T>(path: string, body: unknown): Promise<T>;
  put<T>(path: string, body: unknown): Promise<T>;
  patch<T>(path: string, body: unknown): Promise<T>;
  /** Uploads a file as a document of this type. */
  upload(type: string, file: { name: string; type: string; bytes: Uint8Array }): Promise<Document>;
}

/** Speaks to the API with a token. An answer that isn't good fails the test. */
export function caller(token: string, at = base): Caller {
  const send = async <T>(method: string, path: string, body?: BodyInit, type?: string): Promise<T> => {
    const answer = await fetch(at + path, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(type ? { "content-type": type } : {}) },
      ...(body === undefined ? {} : { body }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${text}`);
    return (text ? JSON.parse(text) : undefined) as T;
  };
  const json = "application/json";
  return {
    token,
    get: (path) => send("GET", path),
    post: (path, body) => send("POST", path, JSON.stringify(body), json),
    put: (path, body) => send("PUT", path, JSON.stringify(body), json),
    patch: (path, body) => send("PATCH", path, JSON.stringify(body), json),
    upload: (type, { name, type: contentType, bytes }) => {
      const form = new FormData();
      form.set("type", type);
      form.set("file", new File([new Uint8Array(bytes)], name, { type: contentType }));
      return send("POST", "/api/documents/upload", form);
    },
  };
}

/** Logs in over the API. */
export async function callerFor(email: string, at = base): Promise<Caller> {
  const { accessToken } = await open<{ accessToken: string }>(
    "/api/auth/login",
    { email, password: PASSWORD },
    at,
  );
  return caller(accessToken, at);
}

async function open<T>(path: string, body: unknown, at: string): Promise<T> {
  const answer = await fetch(at + path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`POST ${path} answered ${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as T;
}

/** Somebody of the team, who can log in with `email`. */
export interface Teammate extends Caller {
  email: string;
  name: string;
}

export interface SceneAgent extends Caller {
  id: string;
  email: string;
  name: string;
}

/** An organization of a test's own, so that no other test moves its people. */
export interface Scene {
  slug: string;
  name: string;
  pipelineId: string;
  admin: Teammate;
  /** Adds a recruiter. */
  recruiter(name: string): Promise<Teammate>;
  /** Registers an agent, who stands in Applied. */
  agent(name: string): Promise<SceneAgent>;
  /** Moves an agent as the admin. */
  move(agent: { id: string }, status: string, from?: string): Promise<MovedAgent>;
}

/** Makes an organization with its first admin. */
export async function newScene(name = "Harbor Talent", at = base): Promise<Scene> {
  const slug = unique("org");
  const email = `admin@${slug}.test`;
  const made = await open<{ accessToken: string }>(
    "/api/organizations",
    { name, slug, email, password: PASSWORD, adminName: "Alma Stone" },
    at,
  );
  const admin = { ...caller(made.accessToken, at), email, name: "Alma Stone" };
  const { pipelineId } = await admin.get<Me>("/api/auth/me");
  return {
    slug,
    name,
    pipelineId: pipelineId ?? "",
    admin,
    recruiter: async (who) => {
      const address = `${unique(who.split(" ")[0]?.toLowerCase() ?? "r")}@${slug}.test`;
      const body = {
        email: address,
        name: who,
        role: "recruiter",
        password: PASSWORD,
        mustChangePassword: false,
      };
      await admin.post("/api/users", body);
      return { ...(await callerFor(address, at)), email: address, name: who };
    },
    agent: (who) => newAgent(who, slug, at),
    move: (agent, status, from) =>
      admin.put<MovedAgent>(`/api/agents/${agent.id}/status`, { status, ...(from ? { from } : {}) }),
  };
}

/** Registers an agent of an organization. */
export async function newAgent(name: string, org: string, at = base): Promise<SceneAgent> {
  const email = `${unique(name.toLowerCase().replace(/[^a-z]+/g, "."))}@example.test`;
  const made = await open<{ agent: Agent; accessToken: string }>(
    "/api/auth/register",
    { email, name, password: PASSWORD, org },
    at,
  );
  return { ...caller(made.accessToken, at), id: made.agent.id, email, name };
}

/** Where an agent stands, as they are told. */
export async function homeOf(agent: Caller): Promise<AgentHome> {
  return await agent.get<AgentHome>("/api/me/home");
}
