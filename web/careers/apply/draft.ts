import type { AddedDraftFile, CreatedDraft, DraftData } from "../../../worker/features/apply/schema";

/** What a server said that refused. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

interface Place {
  org: string;
  job: string;
  formVersion: number;
}

const ROOT = "/api/applications/drafts";
const SAVE_AFTER_MS = 800;

/** What somebody filled in so far, kept by the server under a secret that this browser remembers. */
export class ServerDraft {
  #making: Promise<string> | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #saved = "";
  #saving: Promise<void> = Promise.resolve();

  constructor(
    readonly place: Place,
    private readonly read: () => DraftData,
    /** Told of the secret as soon as there is one. */
    private readonly onToken: (token: string) => void,
    public token: string | null,
  ) {
    if (token !== null) this.#saved = JSON.stringify(read());
  }

  /** The secret of the draft, made now where there is none. */
  async ensure(): Promise<string> {
    if (this.token !== null) return this.token;
    this.#making ??= this.#make().finally(() => {
      this.#making = null;
    });
    return await this.#making;
  }

  async #make(): Promise<string> {
    const data = this.read();
    const { token } = await ask<CreatedDraft>("POST", ROOT, { ...this.place, data });
    this.token = token;
    this.#saved = JSON.stringify(data);
    this.onToken(token);
    return token;
  }

  /** True while something is written here that the server doesn't have. */
  get unsaved(): boolean {
    return JSON.stringify(this.read()) !== this.#saved;
  }

  /** Saves once typing has stopped. */
  soon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.save().catch(() => undefined), SAVE_AFTER_MS);
  }

  async save(): Promise<void> {
    clearTimeout(this.#timer);
    if (this.token === null) {
      await this.ensure();
      return;
    }
    // One after the other, so that what was written last stands.
    this.#saving = this.#saving.catch(() => undefined).then(() => this.#put(false));
    await this.#saving;
  }

  /** Begins no saving, and ends once the one under way is over: what is being sent needs no draft any more. */
  async rest(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#saving.catch(() => undefined);
  }

  /** Saves while the page goes away. */
  flush(): void {
    clearTimeout(this.#timer);
    if (this.token !== null && this.unsaved) void this.#put(true).catch(() => undefined);
  }

  async #put(keepalive: boolean): Promise<void> {
    const data = this.read();
    const text = JSON.stringify(data);
    if (text === this.#saved) return;
    await ask("PUT", `${ROOT}/${this.token}`, { data }, keepalive);
    this.#saved = text;
  }

  /** Nothing is saved any more: it was sent, or given up. */
  end(): void {
    clearTimeout(this.#timer);
    this.token = null;
    this.#saved = JSON.stringify(this.read());
  }

  /** @param onPart told how much of the file is there, 0 to 1 */
  async addFile(
    field: string,
    file: File,
    onPart: (part: number) => void,
    signal: AbortSignal,
  ): Promise<AddedDraftFile> {
    const token = await this.ensure();
    const form = new FormData();
    form.set("file", file);
    return await upload(`${ROOT}/${token}/files/${encodeURIComponent(field)}`, form, onPart, signal);
  }

  async removeFile(field: string): Promise<void> {
    if (this.token === null) return;
    await ask("DELETE", `${ROOT}/${this.token}/files/${encodeURIComponent(field)}`);
  }

  /** Mails the link by which one goes on elsewhere. */
  async mail(email: string): Promise<void> {
    const token = await this.ensure();
    await this.save();
    await ask("POST", `${ROOT}/${token}/mail`, { email });
  }
}

async function ask<T>(method: string, path: string, body?: unknown, keepalive = false): Promise<T> {
  const answer = await fetch(path, {
    method,
    keepalive,
    ...(body === undefined
      ? {}
      : { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Refused(answer.status, detailOf(text));
  return (text === "" ? undefined : JSON.parse(text)) as T;
}

function upload(
  path: string,
  form: FormData,
  onPart: (part: number) => void,
  signal: AbortSignal,
): Promise<AddedDraftFile> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("PUT", path);
    request.upload.onprogress = ({ loaded, total }) => onPart(total > 0 ? loaded / total : 0);
    request.onload = () => {
      if (request.status < 300) resolve(JSON.parse(request.responseText) as AddedDraftFile);
      else reject(new Refused(request.status, detailOf(request.responseText)));
    };
    request.onerror = () => reject(new Refused(0, "The file didn’t arrive: the connection broke off."));
    request.onabort = () => reject(new Refused(-1, ""));
    signal.addEventListener("abort", () => request.abort());
    request.send(form);
  });
}

/** What a refusal says of itself (RFC 9457). */
function detailOf(text: string): string {
  try {
    const { detail, title } = JSON.parse(text) as { detail?: string; title?: string };
    return detail ?? title ?? "";
  } catch {
    return "";
  }
}
