import { expect, it } from "vitest";
import { circleIn } from "./graph";

const links = (spec: string) =>
  spec.split(" ").map((one) => {
    const [id = "", rest = ""] = one.split("<");
    return { id, dependsOn: rest ? rest.split(",") : [] };
  });

it.each([
  ["a", null],
  ["a b<a c<a,b", null],
  ["c<a,b a b<a", null],
  ["a<a", ["a"]],
  ["a<b b<a", ["a", "b"]],
  ["x a<c b<a c<b", ["a", "c", "b"]],
  ["x<a a<b b<a", ["a", "b"]],
  ["a<gone", null],
])("%s has the circle %j", (spec, circle) => {
  expect(circleIn(links(spec))).toEqual(circle);
});

it("looks at each step once: sixty that all wait for all before are no work", () => {
  const ids = Array.from({ length: 60 }, (_, i) => `s${i}`);
  const steps = ids.map((id, i) => ({ id, dependsOn: ids.slice(0, i) }));
  expect(circleIn(steps.reverse())).toBeNull();
});
