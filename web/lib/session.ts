import { signal } from "@preact/signals";
import type { SignUp } from "../../worker/features/organizations/schema";
import type { Login, Registration, Session } from "../../worker/features/sessions/schema";
import type { Me } from "../../worker/features/users/schema";
import { get, onSessionEnd, ProblemError, post } from "./client";

/** Who is logged in: undefined while that is being found out, null when nobody is. */
export const me = signal<Me | null | undefined>(undefined);

/** Why it could not be found out who is logged in (offline, say); null when it was. */
export const sessionTrouble = signal<unknown>(null);

const tabs = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("portico-session");

/** Asks the server who is logged in. Never throws: see `me` and `sessionTrouble`. */
export async function loadMe(): Promise<void> {
  sessionTrouble.value = null;
  // The server sets this beside the session's own cookies: without it there is nobody to ask about.
  if (!document.cookie.includes("portico-session=1")) {
    me.value = null;
    return;
  }
  try {
    const found = await get<Me>("/api/auth/me");
    // Another person in the same browser: nothing on the screen may outlive the change.
    if (me.value && me.value.id !== found.id) return location.assign("/");
    me.value = found;
  } catch (error) {
    if (error instanceof ProblemError && error.status === 401) me.value = null;
    else sessionTrouble.value = error;
  }
}

/** Logs in with an address and a password. */
export async function login(input: Login): Promise<void> {
  await post<Session>("/api/auth/login", input, { key: false });
  await entered();
}

/** Registers an agent (or, with `role`, a candidate), who is logged in at once. */
export async function register(input: Registration, key?: string): Promise<void> {
  await post("/api/auth/register", input, { key });
  await entered();
}

/** Makes an organization with its first admin, who is logged in at once. */
export async function signUp(input: SignUp, key?: string): Promise<void> {
  await post<Session>("/api/organizations", input, { key });
  await entered();
}

/** Ends the session, here and in the browser's other tabs. */
export async function logout(): Promise<void> {
  try {
    await post("/api/auth/logout", {}, { key: false });
  } catch (error) {
    if (!(error instanceof ProblemError && error.status === 401)) throw error;
  }
  ended();
}

/** Whether the person who is logged in holds a permission. */
export function can(permission: string): boolean {
  return me.value?.permissions.includes(permission) ?? false;
}

async function entered(): Promise<void> {
  await loadMe();
  tabs?.postMessage("entered");
}

function ended(): void {
  if (me.value === null) return;
  me.value = null;
  tabs?.postMessage("ended");
}

onSessionEnd(ended);
tabs?.addEventListener("message", (message) => {
  if (message.data === "entered") void loadMe();
  else me.value = null;
});
