import { useLayoutEffect } from "preact/hooks";
import type { Application } from "../../worker/features/applications/schema";
import { Ago } from "../lib/ago";
import { LoadTrouble } from "../recruiter/trouble";
import { Card, Loading, Skeleton } from "../ui";
import { Answers } from "./answers";
import { ApplicationNotes } from "./application-notes";
import { ApplicationWho, Assess, workOf } from "./application-who";
import { Cv } from "./cv";
import { type Save, saver, useApplication } from "./use-application";

export interface TriagePaneProps {
  application: Application;
  /** Whether it is looked at; else it only stands ready. */
  current: boolean;
  turn: number;
  /** Told how to save changes to the one that is looked at. */
  onSave: (save: Save) => void;
}

/** All that one needs to decide about an application: who, answers, CV. */
export function TriagePane({ application, current, turn, onSave }: TriagePaneProps) {
  const loaded = useApplication(application.id, turn);
  const { data, error, reload } = loaded;
  useLayoutEffect(() => {
    if (current) onSave(saver(loaded));
  });
  return (
    <section
      class={current ? "triage-pane" : "triage-pane triage-ready"}
      aria-label={application.name}
      aria-hidden={current ? undefined : "true"}
      inert={!current}
    >
      {!data && error ? (
        <LoadTrouble what="This application" error={error} onRetry={reload} />
      ) : !data ? (
        <Loading label={`Loading ${application.name}`}>
          <div class="triage-parts">
            <Skeleton height="20rem" />
            <Skeleton height="28rem" />
          </div>
        </Loading>
      ) : (
        <div class="triage-parts">
          <div class="triage-left person-side">
            <header class="triage-name">
              <h2>{application.name}</h2>
              <p>
                {workOf(data.application) || "No work named yet"} · applied <Ago at={application.appliedAt} />
              </p>
              <Assess data={data} save={saver(loaded)} />
            </header>
            <Card title="Answers">
              <Answers data={data} />
            </Card>
            <ApplicationWho data={data} save={saver(loaded)} assess={false} />
            <ApplicationNotes data={data} save={saver(loaded)} />
          </div>
          <div class="triage-right person-side">
            <Cv data={data} />
          </div>
        </div>
      )}
    </section>
  );
}
