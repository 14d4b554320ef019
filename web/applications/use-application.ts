import type {
  Application,
  ApplicationChange,
  ApplicationDetail,
  HistoryEntry,
} from "../../worker/features/applications/schema";
import type { Document } from "../../worker/features/documents/schema";
import type { JobForm } from "../../worker/features/jobs/schema";
import type { Page } from "../../worker/http/shapes";
import { errorText, get, ProblemError, patch } from "../lib/client";
import { type Loaded, useLoad } from "../lib/load";
import { useReloadOn } from "../recruiter/person-timeline";
import { toast } from "../ui";

export interface ApplicationData {
  application: ApplicationDetail;
  /** The form whose questions were answered; null where there was none. */
  form: JobForm | null;
  documents: Document[];
  history: HistoryEntry[];
}

/** Forms of a version never change, and everybody who applied to a job answered the same few. */
const forms = new Map<string, Promise<JobForm | null>>();

function formOf({ jobId, formVersion }: ApplicationDetail): Promise<JobForm | null> {
  if (!jobId || formVersion === 0) return Promise.resolve(null);
  const name = `${jobId} ${formVersion}`;
  const known = forms.get(name);
  if (known) return known;
  const asked = get<JobForm>(`/api/jobs/${jobId}/form`, { version: formVersion }).catch(() => {
    // The answers are then shown under their keys, and the next one asks again.
    forms.delete(name);
    return null;
  });
  forms.set(name, asked);
  return asked;
}

/** An application with what is needed to judge it: answers under their questions, papers, its way so far. */
export async function readApplication(id: string, signal?: AbortSignal): Promise<ApplicationData> {
  const path = `/api/applications/${id}`;
  const [application, history] = await Promise.all([
    get<ApplicationDetail>(path, {}, { signal }),
    get<Page<HistoryEntry>>(`${path}/history`, {}, { signal }),
  ]);
  const { candidateId } = application;
  const [form, documents] = await Promise.all([
    formOf(application),
    candidateId
      ? get<Page<Document>>("/api/documents", { candidateId, limit: 100 }, { signal })
      : { data: [] as Document[] },
  ]);
  return { application, form, documents: documents.data, history: history.data };
}

/** The same for a screen; read again whenever something happened. */
export function useApplication(id: string, turn: number): Loaded<ApplicationData> {
  const loaded = useLoad((signal) => readApplication(id, signal), [id]);
  useReloadOn(turn, loaded.reload);
  return loaded;
}

type Change = (current: Application) => ApplicationChange;

/** The last answer to a change made here, by application: the next change builds on it. */
const saves = new Map<string, Promise<Application | null>>();

/**
 * Saves a change to an application, after those that are on their way. When somebody else saved first, the
 * same change is made to theirs.
 * @param change says from the newest state what to change
 */
export function saveApplication(application: Application, change: Change): Promise<Application> {
  const before = saves.get(application.id) ?? Promise.resolve(null);
  const turn = before.then((saved) => {
    const newest = saved && saved.version > application.version ? saved : application;
    return sendChange(newest, change);
  });
  saves.set(
    application.id,
    turn.catch(() => null),
  );
  return turn;
}

async function sendChange(application: Application, change: Change): Promise<Application> {
  const path = `/api/applications/${application.id}`;
  try {
    return await patch<Application>(path, change(application), { ifMatch: application.version });
  } catch (error) {
    if (!(error instanceof ProblemError) || error.status !== 412) throw error;
    const current = await get<ApplicationDetail>(path);
    return patch<Application>(path, change(current), { ifMatch: current.version });
  }
}

export type Save = (change: Change) => Promise<void>;

/** How a screen saves small changes: shown at once where it went well, told where it did not. */
export function saver(loaded: Loaded<ApplicationData>): Save {
  return async (change) => {
    const application = loaded.data?.application;
    if (!application) return;
    try {
      const next = await saveApplication(application, change);
      loaded.set((before) => ({ ...before, application: { ...before.application, ...next } }));
    } catch (error) {
      toast({ text: errorText(error), tone: "warn" });
    }
  };
}

/** The CV among somebody's papers: the one their profile names, else the newest of that type. */
export function cvOf({ application, documents }: ApplicationData): Document | null {
  const named = documents.find(({ id }) => id === application.candidate?.cvDocumentId);
  return named ?? documents.find(({ type }) => type === "cv") ?? null;
}
