/** What became of a form that was sent in the page. */
export type Outcome =
  | { kind: "moved"; to: string }
  /** The server's page: the form with what is to be mended, or why it can't be taken. */
  | { kind: "page"; status: number; page: Document }
  | { kind: "lost" };

/** Sends a form as the browser would, but keeps the page until the answer is there. */
export function send(form: HTMLFormElement, onPart: (part: number) => void): Promise<Outcome> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.upload.onprogress = ({ loaded, total }) => onPart(total > 0 ? loaded / total : 1);
    request.onload = () => {
      const to = request.responseURL;
      if (request.status === 200 && new URL(to).pathname !== new URL(form.action).pathname) {
        return resolve({ kind: "moved", to });
      }
      const isPage = request.getResponseHeader("content-type")?.startsWith("text/html") ?? false;
      if (!isPage) return resolve({ kind: "lost" });
      const page = new DOMParser().parseFromString(request.responseText, "text/html");
      resolve({ kind: "page", status: request.status, page });
    };
    request.onerror = () => resolve({ kind: "lost" });
    request.send(new FormData(form));
  });
}
