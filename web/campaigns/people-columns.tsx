import type { ComponentChildren } from "preact";
import type { Campaign, CampaignAgent, RequirementWords } from "../../worker/features/campaigns/schema";
import type { CampaignStage } from "../../worker/features/campaigns/words";
import { Ago } from "../lib/ago";
import { calendarDay } from "../lib/time";
import { Avatar, Button, type Column, IconButton, Menu } from "../ui";
import { AssignButtons } from "./assign-buttons";
import { EligibilityMark } from "./eligibility-mark";
import type { CampaignDesk } from "./use-desk";

export interface PeopleColumns {
  campaign: Campaign;
  stage: CampaignStage;
  words: RequirementWords | undefined;
  desk: CampaignDesk;
}

/** Somebody's name with where they stand in the agent pool. */
export function NameCell({
  agentId,
  name,
  agentStatus,
  words,
  children,
}: Pick<CampaignAgent, "agentId" | "name" | "agentStatus"> & {
  words: RequirementWords | undefined;
  /** What narrow screens have no column for. */
  children?: ComponentChildren;
}) {
  const stage = words?.stages.find(({ key }) => key === agentStatus)?.name ?? agentStatus;
  return (
    <span class="campaign-who">
      <Avatar name={name} id={agentId} size={28} />
      <span>
        <a class="campaign-name" href={`/agents/${agentId}`} tabIndex={-1}>
          {name}
        </a>
        {stage && <span class="quiet list-under">{stage} in the pool</span>}
        {children && <span class="campaign-narrow">{children}</span>}
      </span>
    </span>
  );
}

/** The columns of one stage of a campaign. */
export function peopleColumns({ campaign, stage, words, desk }: PeopleColumns): Column<CampaignAgent>[] {
  const seated = stage === "assigned" || stage === "completed";
  const open = stage === "applied" || stage === "waitlisted";
  const columns: (Column<CampaignAgent> | false)[] = [
    {
      key: "name",
      header: "Agent",
      width: "34%",
      cell: (person) => (
        <NameCell {...person} words={words}>
          {(open || stage === "assigned") && <EligibilityMark {...person} />}
        </NameCell>
      ),
    },
    (open || stage === "assigned") && {
      key: "eligibility",
      header: "Requirements",
      wide: true,
      cell: ({ name, eligibility }) => <EligibilityMark name={name} eligibility={eligibility} />,
    },
    seated
      ? {
          key: "start",
          header: "Starts",
          width: "9rem",
          wide: true,
          cell: ({ startDate }) => (startDate ? calendarDay(startDate) : <span class="quiet">–</span>),
        }
      : {
          key: "since",
          header: open ? "Waits since" : "Since",
          width: "9rem",
          wide: true,
          cell: ({ since }) => <Ago at={since} />,
        },
    (open || stage === "assigned" || stage === "withdrawn") && {
      key: "actions",
      header: "Actions",
      align: "end",
      cell: (person) => (
        <span class="campaign-acts">
          {stage === "assigned" && <SeatedActs person={person} desk={desk} />}
          {stage !== "assigned" && <OpenActs campaign={campaign} person={person} desk={desk} />}
        </span>
      ),
    },
  ];
  return columns.filter((column) => column !== false);
}

interface ActsProps {
  person: CampaignAgent;
  desk: CampaignDesk;
}

function OpenActs({ campaign, person, desk }: ActsProps & { campaign: Campaign }) {
  return (
    <>
      <AssignButtons
        campaign={campaign}
        who={person}
        waiting={person.status === "waitlisted"}
        onAssign={desk.assign}
      />
      {person.status !== "withdrawn" && (
        <IconButton
          size="s"
          icon="circle-x"
          label={`Reject ${person.name}`}
          data-act="end"
          onClick={() => desk.reject(person)}
        />
      )}
    </>
  );
}

function SeatedActs({ person, desk }: ActsProps) {
  return (
    <>
      <Button
        size="s"
        variant="plain"
        data-act="end"
        aria-label={`Unassign ${person.name}`}
        onClick={() => desk.unassign(person)}
      >
        Unassign…
      </Button>
      <Menu
        label={`Actions for ${person.name}`}
        trigger={<IconButton size="s" icon="ellipsis" label={`Actions for ${person.name}`} />}
        items={[
          {
            label: "Mark as completed",
            icon: "circle-check",
            onSelect: () => void desk.complete(person),
          },
          { label: "Open the profile", icon: "user", href: `/agents/${person.agentId}` },
        ]}
      />
    </>
  );
}
