import { signed } from "../incoming";
import { fresh, id, type Samples, soon } from "./sample";

/** Calls of the routes of webhooks, sources and notifications. */
export const integrations: Samples = {
  "GET /api/webhooks/event-types": () => ({ as: "agent", status: 200 }),
  "GET /api/webhooks/endpoints": () => ({ as: "admin", status: 200 }),
  "POST /api/webhooks/endpoints": () => ({
    as: "admin",
    status: 201,
    json: {
      url: "https://hooks.example.com/portico",
      events: ["integration.recovered"],
      ordering: "entity",
      headers: { "x-team": "people" },
      description: "Payroll",
      ratePerSecond: 5,
    },
  }),
  "GET /api/webhooks/endpoints/:id": ({ endpointId }) => ({
    as: "admin",
    status: 200,
    params: id(endpointId),
  }),
  "PATCH /api/webhooks/endpoints/:id": ({ endpointId }) => ({
    as: "admin",
    status: 200,
    params: id(endpointId),
    json: { description: "Payroll, the new one" },
  }),
  "DELETE /api/webhooks/endpoints/:id": ({ endpointId }) => ({
    as: "admin",
    status: 204,
    params: id(endpointId),
  }),
  "POST /api/webhooks/endpoints/:id/rotate-secret": ({ endpointId }) => ({
    as: "admin",
    status: 200,
    params: id(endpointId),
  }),
  "POST /api/webhooks/endpoints/:id/test": ({ endpointId }) => ({
    as: "admin",
    status: 202,
    params: id(endpointId),
  }),
  "POST /api/webhooks/endpoints/:id/enable": ({ endpointId }) => ({
    as: "admin",
    status: 200,
    params: id(endpointId),
  }),
  "GET /api/webhooks/deliveries": ({ endpointId }) => ({ as: "admin", status: 200, query: { endpointId } }),
  "GET /api/webhooks/deliveries/:id": ({ deliveryId }) => ({
    as: "admin",
    status: 200,
    params: id(deliveryId),
  }),
  "POST /api/webhooks/deliveries/:id/retry": ({ deliveryId }) => ({
    as: "admin",
    status: 202,
    params: id(deliveryId),
  }),
  "POST /api/webhooks/replay": ({ endpointId }) => ({
    as: "admin",
    status: 200,
    json: { endpointId, from: soon(-1), status: "exhausted" },
  }),
  "GET /api/webhooks/dead-letters": () => ({ as: "admin", status: 200 }),
  "GET /api/webhooks/health": () => ({ as: "admin", status: 200, query: { hours: "2" } }),
  "GET /api/metrics": () => ({ as: "admin", status: 200 }),
  "GET /api/api-keys": () => ({ as: "admin", status: 200 }),
  "POST /api/api-keys": () => ({
    as: "admin",
    status: 201,
    json: {
      name: "Dashboards",
      scopes: ["metrics:read"],
      ipAllowList: ["203.0.113.0/24"],
      expiresAt: soon(30),
    },
  }),
  "GET /api/api-keys/:id": ({ apiKeyId }) => ({ as: "admin", status: 200, params: id(apiKeyId) }),
  "DELETE /api/api-keys/:id": ({ apiKeyId }) => ({ as: "admin", status: 204, params: id(apiKeyId) }),

  "POST /api/hooks/:integrationId": ({ sourceId, sourceSecret }) => {
    const json = { eventId: fresh("evt"), eventType: "an.event.nobody.knows", data: {} };
    const headers = signed("portal", sourceSecret, JSON.stringify(json));
    return { as: "nobody", status: 202, params: { integrationId: sourceId }, json, headers };
  },
  "GET /api/integrations": () => ({ as: "admin", status: 200 }),
  "POST /api/integrations/portal/connect": () => ({
    as: "admin",
    status: 201,
    json: { name: "Other portal", scheme: "standard", ipAllowList: ["203.0.113.0/24"], acceptsWith: 200 },
  }),
  "GET /api/integrations/:id": ({ sourceId }) => ({ as: "admin", status: 200, params: id(sourceId) }),
  "PATCH /api/integrations/:id": ({ sourceId }) => ({
    as: "admin",
    status: 200,
    params: id(sourceId),
    json: { name: "Portal, the new one" },
  }),
  "DELETE /api/integrations/:id": ({ sourceId }) => ({ as: "admin", status: 204, params: id(sourceId) }),
  "POST /api/integrations/:id/rotate": ({ sourceId }) => ({
    as: "admin",
    status: 200,
    params: id(sourceId),
  }),
  "GET /api/webhooks/inbox": ({ sourceId }) => ({
    as: "admin",
    status: 200,
    query: { integrationId: sourceId, status: "quarantined" },
  }),
  "GET /api/webhooks/inbox/:id": ({ inboxId }) => ({ as: "admin", status: 200, params: id(inboxId) }),
  "POST /api/webhooks/inbox/:id/retry": ({ inboxId }) => ({
    as: "admin",
    status: 202,
    params: id(inboxId),
  }),
  "GET /api/candidates/:id/results": ({ candidateId }) => ({
    as: "recruiter",
    status: 200,
    params: id(candidateId),
  }),

  "GET /api/notifications": () => ({ as: "recruiter", status: 200 }),
  "POST /api/notifications": ({ agentUserId }) => ({
    as: "recruiter",
    status: 201,
    json: { userId: agentUserId, title: "Hello" },
  }),
  "POST /api/notifications/read-all": () => ({ as: "recruiter", status: 200 }),
  "PATCH /api/notifications/:id": ({ notificationId }) => ({
    as: "recruiter",
    status: 200,
    params: id(notificationId),
    json: { read: true },
  }),
};
