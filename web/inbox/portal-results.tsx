import "./portal-results.css";
import type { PortalResult } from "../../worker/features/inbox/schema";
import type { Page } from "../../worker/http/shapes";
import { Ago } from "../lib/ago";
import { get } from "../lib/client";
import { useLoad } from "../lib/load";
import { useReloadOn } from "../recruiter/person-timeline";
import { LoadTrouble } from "../recruiter/trouble";
import { Card, StatusPill } from "../ui";
import { recommendationWords, scoreWords, typeWords } from "./result-words";

export interface PortalResultsProps {
  candidateId: string;
  /** Changes when something happened. */
  turn: number;
}

/** What outside portals found out about a candidate. Where none ever sent anything there is nothing to show. */
export function PortalResults({ candidateId, turn }: PortalResultsProps) {
  const { data, error, reload } = useLoad(
    (signal) => get<Page<PortalResult>>(`/api/candidates/${candidateId}/results`, {}, { signal }),
    [candidateId],
  );
  useReloadOn(turn, reload);
  if (!data && error) {
    return (
      <Card title="Results">
        <LoadTrouble what="The results" error={error} onRetry={reload} />
      </Card>
    );
  }
  if (!data || data.data.length === 0) return null;
  return (
    <Card title="Results" flush>
      <ul class="results">
        {data.data.map((result) => (
          <Result key={result.id} result={result} />
        ))}
      </ul>
    </Card>
  );
}

function Result({ result }: { result: PortalResult }) {
  const { assessmentType, kind, status, score, maxScore, recommendation, summary, source } = result;
  const advice = recommendationWords(recommendation);
  return (
    <li class="result">
      <div class="result-line">
        <strong>{kind === "screening" ? "Screening" : typeWords(assessmentType)}</strong>
        {advice ? (
          <StatusPill tone={advice.tone}>{advice.word}</StatusPill>
        ) : (
          status !== "completed" && <StatusPill tone="info">{typeWords(status)}</StatusPill>
        )}
      </div>
      {score !== null && (
        <div class="result-score">
          <span class="num result-number">{scoreWords(score, maxScore)}</span>
          {maxScore !== null && maxScore > 0 && (
            // The number beside it says the same.
            <span class="result-track" aria-hidden="true">
              <span style={{ width: `${Math.min(100, Math.max(0, (score / maxScore) * 100))}%` }} />
            </span>
          )}
        </div>
      )}
      {summary && <p class="result-words">{summary}</p>}
      <p class="quiet result-under">
        From {source}, <Ago at={result.completedAt ?? result.createdAt} />
      </p>
    </li>
  );
}
