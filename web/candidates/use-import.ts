import { useEffect, useRef, useState } from "preact/hooks";
import type { ImportAccepted, ImportReport } from "../../worker/features/candidates/schema";
import { errorText, get, ProblemError, upload } from "../lib/client";
import { queryValue, setQuery } from "../lib/url";
import { type FileTable, mapped, readFileTable } from "./import-table";

/** Which column goes to which field; null is left out. Columns that it lacks go where their names say. */
export type Mapping = Record<string, string | null>;

/** A file that was tried, and can be tried with other columns. */
export interface Checked {
  file: File;
  table: FileTable | null;
  mapping: Mapping;
  /** What would become of each row; null while it is not known. */
  report: ImportReport | null;
  /** Why it can't be said. */
  problem: string | null;
}

export interface Importing {
  /** A file is on its way, from 0 to 1. */
  sending: { fileName: string; fraction: number } | null;
  checked: Checked | null;
  /** It is being tried with what was chosen last. */
  checking: boolean;
  /** What became of it, or how far it is. */
  result: ImportReport | null;
  /** Why the result can't be shown. */
  problem: string | null;
  choose: (file: File) => void;
  map: (column: string, field: string | null) => void;
  start: () => void;
  /** Begins again with another file. */
  reset: () => void;
  retry: () => void;
}

const POLL_MS = 1000;

/** The steps of an import: a file, what would become of it, then what did. */
export function useImport(): Importing {
  const [sending, setSending] = useState<Importing["sending"]>(null);
  const [checked, setChecked] = useState<Checked | null>(null);
  const [checking, setChecking] = useState(false);
  const [result, setResult] = useState<ImportReport | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [following, setFollowing] = useState(queryValue("import") || null);
  const turn = useRef(0);
  const stop = useRef<AbortController | null>(null);

  const send = (file: File, mapping: Mapping | null, dryRun: boolean) => {
    stop.current?.abort();
    stop.current = new AbortController();
    const form = new FormData();
    form.set("file", file);
    if (mapping) form.set("mapping", JSON.stringify(mapping));
    form.set("dryRun", String(dryRun));
    return upload<ImportReport | ImportAccepted>(
      "/api/candidates/import",
      form,
      (fraction) => setSending((before) => (before ? { ...before, fraction } : before)),
      stop.current.signal,
    );
  };

  const check = async (next: Pick<Checked, "file" | "table" | "mapping">, asked: Mapping | null) => {
    turn.current += 1;
    const mine = turn.current;
    setChecking(true);
    try {
      const report = (await send(next.file, asked, true)) as ImportReport;
      if (mine !== turn.current) return;
      setChecked({ ...next, mapping: report.mapping, report, problem: null });
    } catch (error) {
      if (mine !== turn.current) return;
      setChecked({ ...next, report: null, problem: whyNot(error) });
    }
    setSending(null);
    setChecking(false);
  };

  const choose = async (file: File) => {
    setProblem(null);
    setChecked(null);
    setSending({ fileName: file.name, fraction: 0 });
    const table = await readFileTable(file);
    await check({ file, table, mapping: {} }, null);
  };

  const map = (column: string, field: string | null) => {
    if (!checked) return;
    const mapping = mapped(checked.mapping, column, field);
    const next = { ...checked, mapping };
    setChecked(next);
    void check(next, mapping);
  };

  const start = async () => {
    if (!checked) return;
    setSending({ fileName: checked.file.name, fraction: 0 });
    try {
      const answer = await send(checked.file, checked.mapping, false);
      if ("status" in answer) setResult(answer);
      const { importId } = answer;
      // A reload finds it again.
      if (importId) setQuery({ import: importId });
      if (!("status" in answer)) setFollowing(importId);
      setChecked(null);
    } catch (error) {
      setChecked({ ...checked, problem: whyNot(error) });
    }
    setSending(null);
  };

  useEffect(() => {
    if (!following) return;
    const control = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = async () => {
      try {
        const report = await get<ImportReport>(
          `/api/candidates/imports/${following}`,
          {},
          { signal: control.signal },
        );
        setResult(report);
        setProblem(null);
        if (report.status === "running") timer = setTimeout(look, POLL_MS);
      } catch (error) {
        if (control.signal.aborted) return;
        if (error instanceof ProblemError && error.status === 404) {
          setFollowing(null);
          setQuery({ import: null });
          return;
        }
        setProblem(errorText(error));
      }
    };
    void look();
    return () => {
      control.abort();
      clearTimeout(timer);
    };
  }, [following]);

  useEffect(() => () => stop.current?.abort(), []);

  return {
    sending,
    checked,
    checking,
    result,
    problem,
    choose: (file) => void choose(file),
    map,
    start: () => void start(),
    reset: () => {
      turn.current += 1;
      stop.current?.abort();
      setSending(null);
      setChecking(false);
      setChecked(null);
      setResult(null);
      setFollowing(null);
      setProblem(null);
      setQuery({ import: null });
    },
    retry: () => {
      const again = following;
      setProblem(null);
      setFollowing(null);
      setTimeout(() => setFollowing(again));
    },
  };
}

/** What is wrong with the file or the columns, without the names that only programs know. */
function whyNot(error: unknown): string {
  const listed = error instanceof ProblemError ? (error.problem.errors ?? []) : [];
  if (listed.some(({ path }) => path === "mapping")) {
    return "No column goes to the e-mail address yet, by which people are told apart. Choose the one that holds it.";
  }
  return listed.length > 0 ? listed.map(({ message }) => message).join(" ") : errorText(error);
}
