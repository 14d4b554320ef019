import type { ServerResponse } from "node:http";
import type { Received } from "./receiver.mjs";

export type Answer = (request: Received, answer: ServerResponse) => unknown;

export function status(
  code: number,
  options?: { body?: string; headers?: Record<string, string> | string[] },
): Answer;
export const ok: Answer;
export function redirect(to: string, code?: number): Answer;
export function slow(ms: number, then?: Answer): Answer;
export const never: Answer;
export function drip(options?: { everyMs?: number; text?: string }): Answer;
export function dripBody(options?: { everyMs?: number; length?: number }): Answer;
export const half: Answer;
export const reset: Answer;
export const hangUp: Answer;
export function raw(text: string): Answer;
export function huge(bytes?: number): Answer;
export function inTurn(...answers: Answer[]): Answer;
