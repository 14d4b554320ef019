type Rows = Record<string, unknown>[];
type Check = (...rows: Rows[]) => string[];

export function byId(requests: Rows): Map<string, Rows>;
export const acknowledgedArrived: Check;
export function nothingLost(events: Rows, deliveries: Rows, endpointId: string): string[];
export const noPhantom: Check;
export const copiesEqual: Check;
export const inOrder: Check;
export const noneAtOnce: Check;
export const allVerified: Check;
export const neverEarly: Check;
export function circuitHeld(attempts: Rows, endpointId: string): string[];
export const countsRight: Check;
