import { useEffect, useRef, useState } from "preact/hooks";
import type { Document } from "../../worker/features/documents/schema";
import { errorText, ProblemError, upload } from "../lib/client";
import { fileTrouble } from "./files";

export interface Upload {
  /** The file on its way, of a type. */
  sending: { type: string; fileName: string; fraction: number } | null;
  /** Why the last file of a type was not taken. */
  errors: Record<string, string>;
  send: (type: string, file: File) => void;
  cancel: () => void;
}

/** Sends one file at a time and says how far it is. Leaving the screen stops it. */
export function useUpload(onSent: (document: Document) => void): Upload {
  const [sending, setSending] = useState<Upload["sending"]>(null);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const stop = useRef<AbortController | null>(null);
  useEffect(() => () => stop.current?.abort(), []);

  const fail = (type: string, why: string | null) =>
    setErrors(({ [type]: _old, ...rest }) => (why === null ? rest : { ...rest, [type]: why }));

  const send = async (type: string, file: File) => {
    if (stop.current) return fail(type, "Another file is on its way. Wait until it has arrived.");
    const trouble = fileTrouble(file);
    fail(type, trouble);
    if (trouble) return;
    const controller = new AbortController();
    stop.current = controller;
    setSending({ type, fileName: file.name, fraction: 0 });
    try {
      const form = new FormData();
      form.set("type", type);
      form.set("file", file);
      const made = await upload<Document>(
        "/api/documents/upload",
        form,
        (fraction) => setSending((before) => before && { ...before, fraction }),
        controller.signal,
      );
      onSent(made);
    } catch (error) {
      if (!controller.signal.aborted) fail(type, uploadText(error));
    } finally {
      stop.current = null;
      setSending(null);
    }
  };

  return {
    sending,
    errors,
    send: (type, file) => void send(type, file),
    cancel: () => stop.current?.abort(),
  };
}

function uploadText(error: unknown): string {
  const first = error instanceof ProblemError ? error.problem.errors?.[0]?.message : undefined;
  return first ?? errorText(error);
}
