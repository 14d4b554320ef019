import "./jobs.css";
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import type { Job } from "../../worker/features/jobs/schema";
import { JOB_TRANSITIONS } from "../../worker/features/jobs/words";
import { del, errorText, post } from "../lib/client";
import { can } from "../lib/session";
import { Button, Dialog, Icon, IconButton, Menu, type MenuEntry, toast } from "../ui";
import { Closing } from "./closing";
import { JobStatusPill } from "./status";
import { useStatusChange } from "./use-job";
import { people, STATUS_LOOKS, transitionWord } from "./words";

export type JobView = "board" | "list" | "settings" | "workflow" | "public" | "applying";

export interface JobHeaderProps {
  job: Job;
  /** Told of the job as it is after a change made here. */
  onJob: (job: Job) => void;
  /** Which of the job's screens this is. */
  here: JobView;
  /** Buttons of the screen, before the menu. */
  actions?: ComponentChildren;
}

const VIEWS: readonly { key: JobView; label: string; path: string; team: boolean }[] = [
  { key: "board", label: "Board", path: "", team: false },
  { key: "list", label: "List", path: "/list", team: false },
  { key: "settings", label: "Settings", path: "/settings", team: true },
  { key: "workflow", label: "Workflow", path: "/workflow", team: true },
  { key: "public", label: "Public page", path: "/public", team: true },
  { key: "applying", label: "Applying", path: "/applying", team: true },
];
const VIEW_TITLES: Record<JobView, string> = {
  board: "",
  list: "List of ",
  settings: "Settings of ",
  workflow: "Workflow of ",
  public: "Public page of ",
  applying: "Applying for ",
};

/** What stands over every screen of a job: which it is, where it stands, its other screens. */
export function JobHeader({ job, onJob, here, actions }: JobHeaderProps) {
  const team = can("job.write");
  useEffect(() => {
    document.title = `${VIEW_TITLES[here]}${job.title} · Portico`;
  }, [job.title, here]);
  const facts = [job.location, job.remote ? "remote" : null, openings(job)].filter(Boolean);
  return (
    <header class="job-head">
      <div class="job-head-line">
        <div class="job-head-name">
          <h1 tabIndex={-1}>{job.title}</h1>
          {team ? <StatusMenu job={job} onJob={onJob} /> : <JobStatusPill status={job.status} />}
        </div>
        <div class="row job-head-actions">
          {actions}
          {team && <JobMenu job={job} />}
        </div>
      </div>
      <div class="job-head-line job-head-under">
        <p class="job-head-facts">
          {team ? <a href={`/clients/${job.clientId}`}>{job.clientName}</a> : job.clientName}
          {facts.map((fact) => (
            <span key={fact}> · {fact}</span>
          ))}
        </p>
        <nav class="job-views" aria-label={`Screens of ${job.title}`}>
          {VIEWS.filter((view) => team || !view.team).map(({ key, label, path }) => (
            <a
              key={key}
              class="job-view"
              href={`/jobs/${job.id}${path}`}
              aria-current={key === here ? "page" : undefined}
            >
              {label}
            </a>
          ))}
        </nav>
      </div>
    </header>
  );
}

function openings({ openings: count }: Job): string {
  return count === 1 ? "1 opening" : `${count.toLocaleString()} openings`;
}

function StatusMenu({ job, onJob }: { job: Job; onJob: (job: Job) => void }) {
  const change = useStatusChange(job, onJob);
  return (
    <>
      <Menu
        label="Status"
        align="start"
        trigger={
          <button
            type="button"
            class="job-status"
            aria-label={`Status: ${STATUS_LOOKS[job.status].word}. Change it`}
            aria-busy={change.busy || undefined}
          >
            <JobStatusPill status={job.status} />
            <Icon name="chevron-down" size={16} />
          </button>
        }
        items={JOB_TRANSITIONS[job.status].map((status) => ({
          label: transitionWord(job.status, status),
          icon: STATUS_LOOKS[status].icon ?? (status === "on_hold" ? "clock" : "circle-dashed"),
          onSelect: () => change.to(status),
        }))}
      />
      <Closing job={job} to={change.asking} onChoose={change.choose} onClose={change.cancel} />
    </>
  );
}

/** What can be done with a job besides changing it. */
function JobMenu({ job }: { job: Job }) {
  const { route } = useLocation();
  const [deleting, setDeleting] = useState(false);
  const [busy, setBusy] = useState(false);
  const duplicate = async () => {
    try {
      const copy = await post<Job>(`/api/jobs/${job.id}/duplicate`, {});
      toast({ text: `${copy.title} is a draft with the same details, form and workflow.`, tone: "good" });
      route(`/jobs/${copy.id}/settings`);
    } catch (error) {
      toast({ text: errorText(error), tone: "warn" });
    }
  };
  const remove = async () => {
    setBusy(true);
    try {
      await del(`/api/jobs/${job.id}`, { ifMatch: job.version });
      toast({ text: `${job.title} is deleted.`, tone: "good" });
      route("/jobs");
    } catch (error) {
      toast({ text: errorText(error), tone: "warn" });
      setDeleting(false);
    }
    setBusy(false);
  };
  const items: MenuEntry[] = [
    { label: "Duplicate as a draft", icon: "copy", onSelect: () => void duplicate() },
    { separator: true },
    { label: "Delete…", icon: "trash-2", danger: true, onSelect: () => setDeleting(true) },
  ];
  const used = job.applicationCount > 0;
  return (
    <>
      <Menu
        label="More about this job"
        trigger={<IconButton icon="ellipsis" label="More about this job" />}
        items={items}
      />
      <Dialog
        open={deleting}
        onClose={() => setDeleting(false)}
        size="s"
        title={used ? "This job can’t be deleted" : `Delete ${job.title}?`}
        actions={
          used ? (
            <Button onClick={() => setDeleting(false)}>All right</Button>
          ) : (
            <>
              <Button onClick={() => setDeleting(false)}>Cancel</Button>
              <Button variant="danger" busy={busy} onClick={() => void remove()}>
                Delete
              </Button>
            </>
          )
        }
      >
        {used ? (
          <p>
            {people(job.applicationCount)} applied, and their history belongs to it. Close the job instead: it
            then takes nobody any more.
          </p>
        ) : (
          <p>
            Nobody has applied. The job goes away with its form and its workflow, and can’t be brought back.
          </p>
        )}
      </Dialog>
    </>
  );
}
