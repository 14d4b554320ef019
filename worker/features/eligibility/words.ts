import type { StageKind } from "../pipelines/words";

/** How well a language is spoken: the levels of the Common European Framework, and whoever grew up with it. */
export const LANGUAGE_LEVELS = ["A1", "A2", "B1", "B2", "C1", "C2", "native"] as const;
export type LanguageLevel = (typeof LANGUAGE_LEVELS)[number];

/** Groups inside groups, and requirements in all, at most. */
export const MOST_DEPTH = 5;
export const MOST_REQUIREMENTS = 60;

/** What is known of an agent, kept as one small row. Times in milliseconds. */
export interface Facts {
  /** The key of the stage in the agent pool. */
  stage: string;
  documents: {
    type: string;
    status: "pending" | "approved" | "rejected";
    /** When it was approved. */
    at: number;
    /** From when it no longer counts; null for never. */
    expiresAt: number | null;
  }[];
  evaluations: { type: string; score: number; at: number }[];
  /** Steps that apply to this agent, and those that are complete, by id. */
  onboarding: { applies: string[]; complete: string[] };
  skills: string[];
  /** As in a profile: `en`, `en:C1`. */
  languages: string[];
  country: string | null;
  tags: string[];
}

/** What the organization has that requirements name. */
export interface World {
  stages: { key: string; name: string; position: number; kind: StageKind }[];
  documentTypes: { key: string; name: string }[];
  evaluationTypes: { key: string; name: string; archived: boolean }[];
  steps: { id: string; key: string; title: string }[];
}
