import { Ago } from "../lib/ago";
import { absolute, date, now } from "../lib/time";
import { nextStage } from "../recruiter/board-model";
import type { StageChoice } from "../recruiter/stage-picker";
import { isDue, isLate, promiseWords } from "../tasks/promise";
import { Button, Card, Checkbox, Menu, StatusPill, type Tone } from "../ui";
import type { ApplicationData, Save } from "./use-application";

export const STAGE_TONES: Record<string, Tone> = {
  open: "info",
  hired: "good",
  rejected: "bad",
  withdrawn: "plain",
};

export interface ApplicationStandingProps {
  data: ApplicationData;
  stages: readonly StageChoice[];
  /** Absent where one only reads. */
  save?: Save;
  /** Without a stage: asks for one. */
  onMove?: (to?: string) => void;
}

/** Where an application stands and since when, with the next step as one button. */
export function ApplicationStanding({ data, stages, save, onMove }: ApplicationStandingProps) {
  const { application } = data;
  const next = nextStage(stages, application.stage);
  const rejected = stages.find(({ kind }) => kind === "rejected");
  return (
    <Card title={application.jobTitle ?? "Standing"} class="standing">
      <div class="standing-now">
        <StatusPill tone={STAGE_TONES[application.stageKind] ?? "info"}>{application.stageName}</StatusPill>
        <span class="quiet">
          entered <Ago at={application.enteredAt} />
        </span>
      </div>
      {application.replyBy && (
        <p
          class={
            isLate(application.replyBy, now.value) ? "standing-promise standing-late" : "standing-promise"
          }
        >
          Answer promised by{" "}
          <time dateTime={application.replyBy} title={absolute(application.replyBy)}>
            {date(application.replyBy, now.value)}
          </time>
          {isDue(application.replyBy, now.value) && `, ${promiseWords(application.replyBy, now.value)}`}
        </p>
      )}
      {application.reason && application.stageKind !== "open" && (
        <blockquote class="pdoc-reason">{application.reason}</blockquote>
      )}
      {onMove && (
        <div class="row standing-do">
          {next ? (
            <Button variant="primary" icon="arrow-right" onClick={() => onMove(next.key)}>
              Move to {next.name}
            </Button>
          ) : (
            <Button icon="move-right" onClick={() => onMove()}>
              Move to…
            </Button>
          )}
          <Menu
            label="Other moves"
            trigger={<Button icon="ellipsis">More</Button>}
            items={[
              { label: "Move to…", icon: "move-right", kbd: "m", onSelect: () => onMove() },
              ...(rejected && application.stage !== rejected.key
                ? [
                    { separator: true as const },
                    {
                      label: `${rejected.name}…`,
                      icon: "circle-x" as const,
                      kbd: "r",
                      danger: true,
                      onSelect: () => onMove(rejected.key),
                    },
                  ]
                : []),
            ]}
          />
        </div>
      )}
      {save && application.clientId && (
        <Checkbox
          label="The client sees this application"
          hint="The person, their CV and answers, and the notes for the client; not how to reach them."
          checked={application.sharedWithClient}
          onChecked={(sharedWithClient) => void save(() => ({ sharedWithClient }))}
        />
      )}
    </Card>
  );
}
