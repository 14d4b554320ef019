import { expect, it } from "vitest";
import { DomainError } from "./errors";
import { callObject } from "./object-call";

function failing(times: number, marks: object) {
  let calls = 0;
  const call = async () => {
    calls++;
    if (calls <= times) throw Object.assign(new Error("broken"), marks);
    return "done";
  };
  return { call, calls: () => calls };
}

it.each([
  ["nothing fails", 0, {}, "done", 1],
  ["the object restarts twice", 2, { retryable: true }, "done", 3],
  ["the object stays away", 9, { retryable: true }, DomainError, 3],
  ["the object is overloaded", 9, { retryable: true, overloaded: true }, DomainError, 1],
  ["the object throws an error of its own", 9, {}, Error, 1],
])("when %s", async (_, times, marks, result, calls) => {
  const object = failing(times, marks);
  if (typeof result === "string") expect(await callObject(object.call)).toBe(result);
  else await expect(callObject(object.call)).rejects.toThrow(result);
  expect(object.calls()).toBe(calls);
});
