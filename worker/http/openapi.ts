import type { Hono } from "hono";
import { type ZodType, z } from "zod";
import { CATALOGUE, type EventType } from "../events/catalogue";
import { BODY_HEADERS, bodySchema, exampleBody } from "../events/envelope";
import { describedBy, type Endpoint, validatedBy } from "./endpoint";
import { Problem } from "./shapes";
import type { HttpEnv } from "./types";

export interface Operation {
  method: string;
  /** As Hono writes it: `/api/agents/:id`. */
  path: string;
  endpoint: Endpoint;
  body?: ZodType;
  query?: ZodType;
}

/** Every documented route: the document, the shared tests and the access matrix read this list. */
export function operations(app: Hono<HttpEnv>): Operation[] {
  const found = new Map<string, Partial<Operation>>();
  for (const { method, path, handler } of app.routes) {
    const key = `${method} ${path}`;
    const entry = found.get(key) ?? { method, path: path.replace(/\/$/, "") };
    const endpoint = describedBy(handler);
    const validated = validatedBy(handler);
    if (endpoint) entry.endpoint = endpoint;
    if (validated?.target === "json") entry.body = validated.schema;
    if (validated?.target === "query") entry.query = validated.schema;
    if (endpoint || validated) found.set(key, entry);
  }
  return [...found.values()].filter((entry): entry is Operation => entry.endpoint !== undefined);
}

const PROBLEMS: Record<number, string> = {
  400: "The request can't be read",
  401: "No or bad credentials",
  403: "Your role may never do this",
  404: "Absent, or not yours to see",
  409: "Clashes with the current state, which stands in `current`",
  412: "If-Match names an old version; nothing was changed",
  413: "Too large",
  415: "This type is not taken",
  416: "The range is beyond the end",
  422: "A field breaks a rule; `errors` says which",
  429: "Too many requests; wait as long as Retry-After says",
};

type Json = Record<string, unknown>;

/** A schema as JSON Schema, its named parts lifted into the document's components. */
function jsonSchema(schema: ZodType, io: "input" | "output", components: Map<string, Json>): Json {
  const made = z.toJSONSchema(schema, { io, target: "draft-2020-12", unrepresentable: "any" }) as Json;
  const { $schema: _, $defs, id, ...rest } = made;
  for (const [name, part] of Object.entries(($defs ?? {}) as Record<string, Json>)) {
    const { id: _id, ...body } = part;
    components.set(name, pointed(body) as Json);
  }
  if (typeof id !== "string") return pointed(rest) as Json;
  components.set(id, pointed(rest) as Json);
  return { $ref: `#/components/schemas/${id}` };
}

/** `#/$defs/x` inside one schema is `#/components/schemas/x` in the document. */
function pointed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(pointed);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) =>
      key === "$ref" && typeof inner === "string"
        ? [key, inner.replace("#/$defs/", "#/components/schemas/")]
        : [key, pointed(inner)],
    ),
  );
}

function describe(operation: Operation, components: Map<string, Json>): Json {
  const { endpoint, method, path, body, query } = operation;
  const open = endpoint.who === "public";
  const parameters: Json[] = [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: "path",
    required: true,
    schema: { type: "string" },
  }));
  if (query) {
    const schema = jsonSchema(query, "input", components);
    for (const [name, part] of Object.entries((schema.properties ?? {}) as Record<string, Json>)) {
      const required = ((schema.required ?? []) as string[]).includes(name);
      parameters.push({ name, in: "query", required, schema: part });
    }
  }
  if (method === "POST" && !endpoint.unkeyed) {
    parameters.push({
      name: "Idempotency-Key",
      in: "header",
      required: false,
      schema: { type: "string", maxLength: 255 },
    });
  }
  if (endpoint.errors?.includes(412)) {
    parameters.push({ name: "If-Match", in: "header", required: false, schema: { type: "string" } });
  }
  const responses: Json = {};
  for (const [status, schema] of Object.entries(endpoint.answers)) {
    const content = schema
      ? { "application/json": { schema: jsonSchema(schema, "output", components) } }
      : undefined;
    responses[status] = { description: "Success", ...(content ? { content } : {}) };
  }
  const always = [401, 403].filter((status) => !open || status === 401);
  for (const status of new Set([...always, ...(endpoint.errors ?? [])])) {
    responses[status] = {
      description: PROBLEMS[status] ?? "A problem",
      content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
    };
  }
  return {
    summary: endpoint.summary,
    tags: [endpoint.tag],
    operationId: `${method.toLowerCase()}${path.replace(/^\/api/, "").replace(/[/:_.-]+(\w)/g, (_, c: string) => c.toUpperCase())}`,
    "x-who": endpoint.who,
    ...(endpoint.scope ? { "x-scope": endpoint.scope } : {}),
    ...(open ? { security: [] } : {}),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...requestBody(endpoint, body, components),
    responses,
  };
}

function requestBody(endpoint: Endpoint, body: ZodType | undefined, components: Map<string, Json>): Json {
  if (endpoint.files) {
    const file = { type: "string", contentMediaType: "application/octet-stream" };
    const others = Array.isArray(endpoint.files) ? endpoint.files : ["type", "agentId", "candidateId"];
    const form = {
      type: "object",
      required: ["file"],
      properties: { file, ...Object.fromEntries(others.map((name) => [name, { type: "string" }])) },
    };
    return { requestBody: { required: true, content: { "multipart/form-data": { schema: form } } } };
  }
  if (!body) return {};
  const content: Json = { "application/json": { schema: jsonSchema(body, "input", components) } };
  if (endpoint.form) {
    const parts = [
      ...endpoint.form.fields.map((name) => [name, { type: "string" }]),
      ...endpoint.form.files.map((name) => [
        name,
        { type: "string", contentMediaType: "application/octet-stream" },
      ]),
    ];
    content["multipart/form-data"] = {
      schema: { type: "object", properties: Object.fromEntries(parts), additionalProperties: true },
    };
  }
  return { requestBody: { required: true, content } };
}

/** The OpenAPI 3.1 document of all routes and of the events that leave the building. */
export function openApiDocument(app: Hono<HttpEnv>, version: string): Json {
  const components = new Map<string, Json>();
  jsonSchema(Problem, "output", components);
  const paths: Record<string, Json> = {};
  for (const operation of operations(app)) {
    const path = operation.path.replace(/:(\w+)/g, "{$1}");
    paths[path] = { ...paths[path], [operation.method.toLowerCase()]: describe(operation, components) };
  }
  const webhooks: Json = {};
  for (const [type, entry] of Object.entries(CATALOGUE)) {
    if (!entry.external) continue;
    const schema = bodySchema(type as EventType, jsonSchema(entry.data, "output", components));
    const example = exampleBody(type as EventType, entry.example);
    webhooks[type] = {
      post: {
        summary: entry.summary,
        parameters: BODY_HEADERS.map(([name, description]) => ({
          name,
          in: "header",
          required: true,
          description,
          schema: { type: "string" },
        })),
        requestBody: { required: true, content: { "application/json": { schema, example } } },
        responses: { 200: { description: "Received" } },
      },
    };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Portico",
      version,
      description:
        "Talent portal, applicant tracking and integration hub. Times are ISO 8601 in UTC, lists are keyset pages, errors are RFC 9457 problem details.",
    },
    servers: [{ url: "/" }],
    security: [{ bearer: [] }, { cookie: [] }],
    paths,
    webhooks,
    components: {
      schemas: Object.fromEntries(components),
      securitySchemes: {
        bearer: {
          type: "http",
          scheme: "bearer",
          bearerFormat: "JWT",
          description: "An access token, or where `x-scope` stands an API key (`pk_...`) with that scope.",
        },
        cookie: { type: "apiKey", in: "cookie", name: "__Host-portico" },
      },
    },
  };
}
