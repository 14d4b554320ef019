import { useEffect, useState } from "preact/hooks";
import type { CandidateDetail } from "../../worker/features/candidates/schema";
import type { Document, DocumentRequest, DocumentType } from "../../worker/features/documents/schema";
import type { Job } from "../../worker/features/jobs/schema";
import type { Changes } from "../../worker/features/pipelines/schema";
import type { Page } from "../../worker/http/shapes";
import { get } from "../lib/client";
import { openChannel } from "../lib/live";
import { type Loaded, useLoad } from "../lib/load";
import { useReloadOn } from "../recruiter/person-timeline";

export interface CandidateData {
  candidate: CandidateDetail;
  documents: Document[];
  requests: DocumentRequest[];
  types: DocumentType[];
}

/** A candidate with documents and requests; read again whenever something happened. */
export function useCandidate(candidateId: string, turn: number): Loaded<CandidateData> {
  const loaded = useLoad<CandidateData>(
    async (signal) => {
      const [candidate, documents, requests, types] = await Promise.all([
        get<CandidateDetail>(`/api/candidates/${candidateId}`, {}, { signal }),
        get<Page<Document>>("/api/documents", { candidateId, limit: 100 }, { signal }),
        get<Page<DocumentRequest>>("/api/documents/requests", { candidateId, status: "open" }, { signal }),
        get<Page<DocumentType>>("/api/documents/types", {}, { signal }),
      ]);
      return { candidate, documents: documents.data, requests: requests.data, types: types.data };
    },
    [candidateId],
  );
  useReloadOn(turn, loaded.reload);
  return loaded;
}

/** The stages of jobs by their ids, as far as they are known. */
export function useStages(jobIds: readonly string[]): ReadonlyMap<string, Job["stages"]> {
  const key = [...new Set(jobIds)].sort().join();
  const { data } = useLoad(
    async (signal) => {
      const jobs = await Promise.all(
        key
          .split(",")
          .filter(Boolean)
          .map((id) => get<Job>(`/api/jobs/${id}`, {}, { signal }).catch(() => null)),
      );
      return new Map(jobs.flatMap((job) => (job ? [[job.id, job.stages] as const] : [])));
    },
    [key],
  );
  return data ?? new Map();
}

/** Pipelines of one person that are followed at once. */
const MOST_FOLLOWED = 4;

/** Hears of everything in these pipelines that is about one person, and when one comes back to the page. */
export function usePersonNews(
  candidateId: string,
  pipelineIds: readonly string[],
  onNews: (seq: number) => void,
): void {
  const [back, setBack] = useState(0);
  const key = [...new Set(pipelineIds)].slice(0, MOST_FOLLOWED).join();
  useEffect(() => {
    const channels = key
      .split(",")
      .filter(Boolean)
      .map((id) => {
        const path = `/api/pipelines/${id}`;
        let start: number | undefined;
        return openChannel({
          path: `${path}/live`,
          poll: async (since) => {
            if (since > 0) return get<Changes>(`${path}/changes`, { since });
            // No socket ever stood: begin with what is newest now.
            start ??= (await get<{ seq: number }>(`${path}/board`)).seq;
            return { data: [], seq: start, hasMore: false };
          },
          onEvents: (events) => {
            const mine = events.filter(({ data, entity }) =>
              [data.candidateId, entity.id].includes(candidateId),
            );
            const newest = mine.at(-1);
            if (newest) onNews(newest.seq);
          },
          onState: () => {},
        });
      });
    return () => {
      for (const channel of channels) channel.close();
    };
  }, [key, candidateId]);
  // Notes and the profile have no channel of their own.
  useEffect(() => {
    const onShow = () => document.visibilityState === "visible" && setBack((count) => count + 1);
    document.addEventListener("visibilitychange", onShow);
    return () => document.removeEventListener("visibilitychange", onShow);
  }, []);
  useEffect(() => {
    if (back > 0) onNews(-back);
  }, [back]);
}
