import "../recruiter/agent.css";
import "./applications.css";
import { Rounds } from "../interviews/rounds";
import type { Loaded } from "../lib/load";
import type { StageChoice } from "../recruiter/stage-picker";
import { LoadTrouble } from "../recruiter/trouble";
import { Card, Loading, Skeleton } from "../ui";
import { Answers } from "./answers";
import { ApplicationHistory } from "./application-history";
import { ApplicationNotes } from "./application-notes";
import { ApplicationStanding } from "./application-standing";
import { ApplicationWho } from "./application-who";
import { Cv } from "./cv";
import { type ApplicationData, saver } from "./use-application";

export interface ApplicationViewProps {
  loaded: Loaded<ApplicationData>;
  stages: readonly StageChoice[];
  /** Moves to a stage, or asks for one; absent where one only reads. */
  onMove?: (to?: string) => void;
  /** Changes when something happened. */
  turn?: number;
}

/** One application on one screen: who, where they stand, answers, CV, notes and what happened. */
export function ApplicationView({ loaded, stages, onMove, turn = 0 }: ApplicationViewProps) {
  const { data, error, reload } = loaded;
  if (!data && error) return <LoadTrouble what="This application" error={error} onRetry={reload} />;
  if (!data) {
    return (
      <Loading label="Loading the application">
        <div class="person person-application">
          <div class="person-side person-right">
            <Skeleton height="8rem" />
          </div>
          <div class="person-side person-left">
            <Skeleton height="16rem" />
          </div>
          <div class="person-middle">
            <Skeleton height="24rem" />
          </div>
        </div>
      </Loading>
    );
  }
  const save = onMove && saver(loaded);
  return (
    <div class="person person-application">
      <div class="person-side person-right">
        <ApplicationStanding data={data} stages={stages} save={save} onMove={onMove} />
      </div>
      <div class="person-side person-rest">
        {data.application.candidateId && (
          <Rounds
            of={{ applicationId: data.application.id }}
            turn={turn}
            schedule={
              data.application.stageKind === "open"
                ? { applicationId: data.application.id, name: data.application.name }
                : undefined
            }
          />
        )}
        <ApplicationNotes data={data} save={save} />
        <ApplicationHistory history={data.history} />
      </div>
      <div class="person-side person-left">
        <ApplicationWho data={data} save={save} />
      </div>
      <div class="person-middle person-side">
        <Card title="Answers">
          <Answers data={data} />
        </Card>
        <Cv data={data} />
      </div>
    </div>
  );
}
