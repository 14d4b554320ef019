/** What an API key may be good for. A route names the scope that opens it; without one no key does. */
export const SCOPES = ["webhooks:read", "webhooks:write", "metrics:read", "evaluations:write"] as const;
export type Scope = (typeof SCOPES)[number];

/** Every key begins with it, so that scanners of leaked secrets know one. */
export const KEY_PREFIX = "pk_";
