import { useState } from "preact/hooks";
import {
  Avatar,
  Banner,
  Button,
  Card,
  EmptyState,
  Icon,
  Loading,
  Mark,
  Progress,
  Skeleton,
  type Sort,
  StagePath,
  StatusPill,
  Table,
  Tag,
  Timeline,
  Trouble,
} from "..";
import { ICON_NAMES } from "../icon-names";
import { Sample } from "./sample";

const DAY = 86_400_000;
const before = (days: number) => new Date(Date.now() - days * DAY).toISOString();
const TONES = ["good", "warn", "bad", "info", "plain"] as const;
const PEOPLE = [
  { id: "agt_1", name: "Ada Park", stage: "Screening", since: "2 d", tags: ["Spanish"] },
  { id: "agt_2", name: "Bo Lindqvist", stage: "Documents", since: "6 d", tags: [] },
  {
    id: "agt_3",
    name: "Cyrus Mehta-Oyelaran",
    stage: "Assessment",
    since: "1 d",
    tags: ["Night shift", "Zendesk"],
  },
];

function stage(
  key: string,
  name: string,
  state: "done" | "current" | "ahead",
  days: number | null,
  kind = "open",
) {
  return { key, name, kind, state, enteredAt: days === null ? null : before(days) };
}
const UNDER_WAY = [
  stage("applied", "Applied", "done", 12),
  stage("screening", "Screening", "done", 9),
  stage("documents", "Documents", "current", 2),
  stage("assessment", "Assessment", "ahead", null),
  stage("onboarding", "Onboarding", "ahead", null),
  stage("active", "Active", "ahead", null, "hired"),
];
const CLOSED = [
  stage("applied", "Applied", "done", 20),
  stage("rejected", "Rejected", "current", 1, "rejected"),
];

/** What one reads. */
export function ContentSamples() {
  const [sort, setSort] = useState<Sort>({ key: "name", descending: false });
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set(["agt_2"]));
  const rows = [...PEOPLE].sort((a, b) => a.name.localeCompare(b.name) * (sort.descending ? -1 : 1));
  return (
    <div class="samples">
      <Sample name="Path of stages" wide>
        <StagePath stages={UNDER_WAY} />
        <StagePath stages={CLOSED} label="Stages of a closed application" />
      </Sample>
      <Sample name="Table" wide>
        <Card flush>
          <Table
            caption="Agents"
            rows={rows}
            rowKey={(row) => row.id}
            rowName={(row) => row.name}
            sort={sort}
            onSort={setSort}
            selected={selected}
            onSelect={setSelected}
            onOpen={() => {}}
            columns={[
              { key: "name", header: "Name", sortable: true, cell: (row) => row.name },
              {
                key: "stage",
                header: "Stage",
                cell: (row) => <StatusPill tone="info">{row.stage}</StatusPill>,
              },
              {
                key: "tags",
                header: "Tags",
                wide: true,
                cell: (row) => row.tags.map((tag) => <Tag key={tag}>{tag}</Tag>),
              },
              { key: "since", header: "Since", align: "end", cell: (row) => row.since },
            ]}
          />
        </Card>
      </Sample>
      <Sample name="Card">
        <Card title="Plain" actions={<Button size="s">Act</Button>}>
          <p>Holds one thing.</p>
        </Card>
        {(["accent", ...TONES.slice(0, 4)] as const).map((tone) => (
          <Card key={tone} title={tone} level={3} tone={tone === "plain" ? "plain" : tone}>
            <p>
              Tinted where it means something. <a href="#card">A link in it</a> stays readable.
            </p>
          </Card>
        ))}
      </Sample>
      <Sample name="Words about a state">
        <div class="row">
          {TONES.map((tone) => (
            <StatusPill key={tone} tone={tone}>
              {tone}
            </StatusPill>
          ))}
        </div>
        <div class="row">
          <Tag>Spanish</Tag>
          <Tag onRemove={() => {}}>Night shift</Tag>
        </div>
        {TONES.map((tone) => (
          <Banner key={tone} tone={tone} role="none" action={<Button size="s">Act</Button>}>
            What holds now, why, and what to do about it.
          </Banner>
        ))}
        <div class="row">
          {["Ada Park", "Bo Lindqvist", "Cy", "李 小龙", "Élodie de la Tour"].map((name) => (
            <Avatar key={name} name={name} alone size={36} />
          ))}
        </div>
      </Sample>
      <Sample name="Timeline">
        <Timeline
          label="Sample of a timeline"
          items={[
            {
              id: "1",
              at: before(0),
              text: "You are in Documents now.",
              tone: "info",
              icon: "arrow-right",
              fresh: true,
            },
            {
              id: "2",
              at: before(2),
              text: "W-9 was rejected.",
              by: "Chris",
              reason: "The signature is missing.",
              tone: "bad",
              icon: "file-x",
            },
            {
              id: "3",
              at: before(3),
              text: "NDA was approved.",
              by: "Chris",
              tone: "good",
              icon: "file-check",
            },
            { id: "4", at: before(30), text: "You registered." },
          ]}
        />
      </Sample>
      <Sample name="Waiting, empty, trouble">
        <Progress label="Sending" value={0.42} />
        <Progress label="Under way" />
        <Loading label="Sample of loading">
          <Skeleton lines={3} />
        </Loading>
        <Card>
          <EmptyState icon="file-text" title="No documents yet" action={<Button>Ask for one</Button>}>
            When an agent uploads a document, it appears here.
          </EmptyState>
        </Card>
        <Card>
          <Trouble title="The list could not be loaded" onRetry={() => {}}>
            You are offline. Try again when the connection is back.
          </Trouble>
        </Card>
      </Sample>
      <Sample name="Mark and icons">
        <div class="row">
          <Mark size={16} />
          <Mark size={24} />
          <Mark size={48} />
          <Mark size={28} word />
        </div>
        <div class="row">
          {ICON_NAMES.map((name) => (
            <span key={name} title={name}>
              <Icon name={name} size={20} />
            </span>
          ))}
        </div>
        <p class="type-31">Thirty-one, for nothing but a number</p>
        <h1>Twenty-five, a page’s heading</h1>
        <h2>Twenty, a part of it</h2>
        <p>Sixteen in the portal and fourteen in the ATS, for everything one reads.</p>
        <small>Twelve, for what stands beside.</small>
      </Sample>
    </div>
  );
}
