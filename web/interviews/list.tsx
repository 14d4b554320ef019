import "../recruiter/board.css";
import "../applications/applications.css";
import "./interviews.css";
import { useEffect, useMemo, useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import type { Application } from "../../worker/features/applications/schema";
import type { Interview, InterviewStats } from "../../worker/features/interviews/schema";
import {
  INTERVIEW_MODES,
  type InterviewMode,
  type InterviewView,
} from "../../worker/features/interviews/words";
import type { Job } from "../../worker/features/jobs/schema";
import type { Page as PageOf } from "../../worker/http/shapes";
import { errorText, get } from "../lib/client";
import { useLoad } from "../lib/load";
import { usePages } from "../lib/pages";
import { can, me } from "../lib/session";
import { useTeam } from "../lib/team";
import { now } from "../lib/time";
import { queryValue, setQuery } from "../lib/url";
import { ListTable } from "../recruiter/list-table";
import { Button, Card, Checkbox, EmptyState, Page, Select, Tabs, toast } from "../ui";
import { interviewColumns } from "./columns";
import { FindApplication } from "./find-application";
import { ScheduleDialog, type Scheduling } from "./schedule-dialog";
import { VIEWS } from "./words";
import { midnight } from "./zone";

type View = InterviewView | "all";

const EMPTY: Record<View, [title: string, words: string]> = {
  today: ["No interviews today", "What is booked for today stands here."],
  upcoming: ["Nothing is booked", "Interviews appear here as soon as a candidate has chosen a time."],
  to_decide: [
    "Nothing to decide",
    "Interviews stand here from the time they were held until somebody decides.",
  ],
  waiting: ["Nobody is asked for a time", "Interviews wait here until the candidate has chosen one."],
  all: ["There are no interviews yet", "Schedule one from a card on a board, or from an application."],
};

/** With whom the address asks for an interview to be scheduled, and how. */
function readWanted(): { id: string; minutes: number | undefined; mode: InterviewMode | undefined } {
  return {
    id: queryValue("schedule"),
    minutes: Number(queryValue("minutes")) || undefined,
    mode: INTERVIEW_MODES.find((mode) => mode === queryValue("mode")),
  };
}

/** Interviews: what is today, what comes, what is to be decided. */
export default function InterviewsScreen() {
  const { route } = useLocation();
  const asked = queryValue("view") as View;
  const [view, setView] = useState<View>(VIEWS.some(({ key }) => key === asked) ? asked : "today");
  const [mine, setMine] = useState(queryValue("mine") === "yes");
  const [jobId, setJobId] = useState(queryValue("job"));
  const [wanted] = useState(readWanted);
  const [finding, setFinding] = useState(false);
  const [of, setOf] = useState<Scheduling | null>(null);
  const team = can("interview.write");
  const people = useTeam(team);
  const from = midnight(now.value);
  const pages = usePages<Interview>("/api/interviews", {
    view: view === "all" ? null : view,
    from: view === "today" ? from : null,
    interviewerId: mine ? "me" : null,
    jobId: jobId || null,
  });
  const stats = useLoad(
    (signal) => get<InterviewStats>("/api/interviews/stats/pipeline", { from }, { signal }),
    [from],
  );
  const jobs = useLoad((signal) => get<PageOf<Job>>("/api/jobs", { limit: 200 }, { signal }), []);
  useEffect(
    () =>
      setQuery({
        view: view === "today" ? null : view,
        mine: mine ? "yes" : null,
        job: jobId || null,
        schedule: null,
        minutes: null,
        mode: null,
      }),
    [view, mine, jobId],
  );
  // A task that asks for an appointment leads here.
  useEffect(() => {
    const { id, minutes, mode } = wanted;
    if (!id || !team) return;
    get<Application>(`/api/applications/${id}`).then(
      ({ name }) => setOf({ applicationId: id, name, minutes, mode }),
      (error) => toast({ text: errorText(error), tone: "warn" }),
    );
  }, []);
  const columns = useMemo(() => interviewColumns(people), [people]);
  const counts: Partial<Record<View, number>> = stats.data
    ? {
        today: stats.data.today,
        upcoming: stats.data.upcoming,
        to_decide: stats.data.toDecide,
        waiting: stats.data.statuses["Awaiting Candidate Confirmation"],
      }
    : {};
  const [title, words] = EMPTY[view];

  return (
    <Page
      title="Interviews"
      width="full"
      fill
      actions={
        team && (
          <Button variant="primary" icon="plus" onClick={() => setFinding(true)}>
            Schedule interview
          </Button>
        )
      }
    >
      <Tabs
        label="Which interviews"
        tabs={VIEWS.map(({ key, label }) => ({ key, label, count: counts[key] }))}
        current={view}
        onChange={(key) => setView(key as View)}
      >
        <div class="interviews-body">
          <div class="list-tools" role="group" aria-label="Which are shown">
            <Select
              label="Job"
              hideLabel
              value={jobId}
              options={[
                { value: "", label: "Every job" },
                ...(jobs.data?.data ?? []).map((job) => ({ value: job.id, label: job.title })),
              ]}
              onValue={setJobId}
            />
            {me.value && <Checkbox label="Only mine" checked={mine} onChecked={setMine} />}
          </div>
          <ListTable
            pages={pages}
            what="The list"
            fill
            caption="Interviews"
            columns={columns}
            rowKey={({ id }) => id}
            rowName={({ candidateName }) => candidateName}
            onOpen={({ id }) => route(`/interviews/${id}`)}
            empty={
              <Card>
                <EmptyState icon="calendar-clock" title={title}>
                  {words}
                </EmptyState>
              </Card>
            }
          />
        </div>
      </Tabs>
      <FindApplication
        open={finding}
        onClose={() => setFinding(false)}
        onFound={(found) => {
          setFinding(false);
          setOf(found);
        }}
      />
      <ScheduleDialog of={of} onClose={() => setOf(null)} onDone={({ id }) => route(`/interviews/${id}`)} />
    </Page>
  );
}
