import { DomainError, type FieldError } from "../../lib/errors";
import type { Known } from "./facts";
import type { Requirement, RequirementLeaf } from "./schema";

/**
 * Refuses requirements that nobody could ever meet because they name what isn't there.
 * @param path of the requirements in what was sent
 * @throws DomainError `invalid` with the path of each fault
 */
export function checkRequirements(requirement: Requirement, known: Known, path = "requirements"): void {
  const errors = faults(requirement, known, path);
  if (errors.length === 0) return;
  throw new DomainError(
    "invalid",
    errors
      .map(({ message }) => message)
      .join(" ")
      .slice(0, 500),
    { errors },
  );
}

function faults(requirement: Requirement, known: Known, path: string): FieldError[] {
  if ("kind" in requirement) return leafFaults(requirement, known, path);
  const [word, parts] = Object.entries(requirement)[0] as [string, Requirement[]];
  return parts.flatMap((part, i) => faults(part, known, `${path}.${word}.${i}`));
}

function leafFaults(leaf: RequirementLeaf, known: Known, path: string): FieldError[] {
  const fault = (field: string, message: string) => [{ path: `${path}.${field}`, message }];
  const there = (keys: string[]) =>
    keys.length === 0 ? "There is none yet." : `There are: ${keys.join(", ")}.`;
  switch (leaf.kind) {
    case "stage": {
      const open = known.stages
        .filter(({ kind }) => kind === "open" || kind === "hired")
        .map(({ key }) => key);
      if (open.includes(leaf.min)) return [];
      return fault("min", `The agent pool has no stage "${leaf.min}" to come to. ${there(open)}`);
    }
    case "document": {
      const keys = known.documentTypes.map(({ key }) => key);
      if (keys.includes(leaf.type)) return [];
      return fault("type", `There is no document type "${leaf.type}". ${there(keys)}`);
    }
    case "evaluation": {
      const types = known.evaluationTypes.filter(({ archived }) => !archived);
      const type = types.find(({ key }) => key === leaf.type);
      if (!type)
        return fault(
          "type",
          `There is no evaluation type "${leaf.type}". ${there(types.map(({ key }) => key))}`,
        );
      if (leaf.minScore <= type.maxScore) return [];
      return fault(
        "minScore",
        `${type.name} goes up to ${type.maxScore}, so nobody could reach ${leaf.minScore}.`,
      );
    }
    case "onboarding": {
      const { step } = leaf;
      if (step === undefined || known.steps.some(({ id, key }) => id === step || key === step)) return [];
      return fault(
        "step",
        `There is no onboarding step "${step}". ${there(known.steps.map(({ key }) => key))}`,
      );
    }
    default:
      return [];
  }
}
