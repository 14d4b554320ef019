import "./jobs.css";
import { useState } from "preact/hooks";
import { useRoute } from "preact-iso";
import type { Job } from "../../worker/features/jobs/schema";
import { queryValue, setQuery } from "../lib/url";
import { LoadTrouble } from "../recruiter/trouble";
import { Card, Loading, Page, Skeleton, Tabs } from "../ui";
import { JobHeader } from "./job-header";
import { SettingsDetails } from "./settings-details";
import { SettingsForm } from "./settings-form";
import { SettingsTeam } from "./settings-team";
import { useJob } from "./use-job";

const TABS = [
  { key: "details", label: "Details" },
  { key: "form", label: "Form" },
  { key: "team", label: "Hiring team" },
];

/** What a job is, asks and is worked on by. */
export default function JobSettingsScreen() {
  const id = useRoute().params.id ?? "";
  return <Settings key={id} id={id} />;
}

function Settings({ id }: { id: string }) {
  const job = useJob(id);
  if (job.data) return <Loaded job={job.data} onJob={(next) => job.set(() => next)} />;
  return (
    <Page title="Settings of a job" heading={job.error ? "Job" : "Loading…"} width="full">
      {job.error ? (
        <LoadTrouble what="This job" error={job.error} onRetry={job.reload} />
      ) : (
        <Loading label="Loading the job">
          <Card>
            <Skeleton lines={10} />
          </Card>
        </Loading>
      )}
    </Page>
  );
}

function Loaded({ job, onJob }: { job: Job; onJob: (job: Job) => void }) {
  const [tab, setTab] = useState(() => {
    const asked = queryValue("tab");
    return TABS.some(({ key }) => key === asked) ? asked : "details";
  });
  return (
    <div class="page page-full">
      <JobHeader job={job} onJob={onJob} here="settings" />
      <Tabs
        label="Settings"
        tabs={TABS}
        current={tab}
        onChange={(key) => {
          setQuery({ tab: key === "details" ? null : key });
          setTab(key);
        }}
      >
        {/* All three stay, so that nothing typed is lost by looking at another one. */}
        <div hidden={tab !== "details"}>
          <SettingsDetails job={job} onJob={onJob} />
        </div>
        <div hidden={tab !== "form"}>
          <SettingsForm job={job} />
        </div>
        <div hidden={tab !== "team"}>
          <SettingsTeam job={job} />
        </div>
      </Tabs>
    </div>
  );
}
