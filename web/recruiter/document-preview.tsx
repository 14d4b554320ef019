import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Document } from "../../worker/features/documents/schema";
import { useLoad } from "../lib/load";
import { Button, EmptyState, Loading, Skeleton } from "../ui";
import type { DrawnDocument } from "./docx";
import { bytesOf } from "./file-ahead";
import { LoadTrouble } from "./trouble";

/** What the browser may draw. The type is set anew on the bytes, so that nothing else is ever run as a page. */
const IMAGES = ["image/png", "image/jpeg"];

const DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

type Content =
  | { kind: "image" | "pdf"; address: string }
  | { kind: "text"; text: string }
  | { kind: "docx"; drawn: DrawnDocument }
  | { kind: "none" };

/** A file to be looked at. */
export interface ShownFile {
  /** Where its bytes are. */
  address: string;
  fileName: string;
  contentType: string;
  /** What it is, for people who can't see it. */
  name: string;
}

async function read({ address, contentType }: ShownFile, signal: AbortSignal): Promise<Content> {
  const image = IMAGES.includes(contentType);
  // Phones mostly hand PDF to another app and would draw an empty frame.
  const pdf = contentType === "application/pdf" && navigator.pdfViewerEnabled !== false;
  if (!image && !pdf && contentType !== "text/plain" && contentType !== DOCX) return { kind: "none" };
  const blob = await bytesOf(address, signal);
  if (contentType === "text/plain") return { kind: "text", text: await blob.text() };
  if (contentType === DOCX) {
    const { drawDocx } = await import("./docx");
    // One that can't be drawn can still be downloaded.
    return drawDocx(blob).then(
      (drawn) => ({ kind: "docx", drawn }),
      () => ({ kind: "none" }),
    );
  }
  const shown = URL.createObjectURL(new Blob([blob], { type: contentType }));
  return { kind: image ? "image" : "pdf", address: shown };
}

/** Saves a document's file on the reader's disk. */
export function downloadAddress(document: Document): string {
  return `/api/documents/${document.id}/content`;
}

/** A document as one sees it, inside the page. */
export function DocumentPreview({ document }: { document: Document }) {
  const { fileName, contentType, typeName, ownerName } = document;
  const name = `${typeName} of ${ownerName}`;
  return <FilePreview file={{ address: downloadAddress(document), fileName, contentType, name }} />;
}

/** A file as one sees it, inside the page: images, PDF, Word and text; others are offered as a download. */
export function FilePreview({ file }: { file: ShownFile }) {
  const { address, fileName, name } = file;
  const { data, error, reload } = useLoad((signal) => read(file, signal), [address]);
  const [broken, setBroken] = useState(false);
  useEffect(() => setBroken(false), [address]);
  useEffect(() => {
    // Bytes stay in memory for as long as their address is known.
    if (data && "address" in data) return () => URL.revokeObjectURL(data.address);
  }, [data]);

  if (error) return <LoadTrouble what="The file" error={error} onRetry={reload} />;
  if (!data) {
    return (
      <Loading label={`Loading ${fileName}`}>
        <Skeleton height="24rem" />
      </Loading>
    );
  }
  if (data.kind === "image" && !broken) {
    return (
      <div class="preview preview-image">
        <img src={data.address} alt={name} onError={() => setBroken(true)} />
      </div>
    );
  }
  if (data.kind === "pdf")
    return <iframe class="preview" src={`${data.address}#navpanes=0&view=FitH`} title={name} />;
  if (data.kind === "text") {
    return (
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by Tab
      <pre class="preview preview-text" tabIndex={0} role="group" aria-label={name}>
        {data.text}
      </pre>
    );
  }
  if (data.kind === "docx") return <Word drawn={data.drawn} name={name} />;
  return (
    <div class="preview preview-none">
      <EmptyState
        icon="file-text"
        title="This kind of file can’t be shown here"
        action={
          <Button icon="download" href={address} download>
            Download {fileName}
          </Button>
        }
      >
        This browser shows images, Word and text, and PDF where it can. Open the file with another program.
      </EmptyState>
    </div>
  );
}

const FRAME = `
  :host { display: block; }
  .docx-wrapper { padding: 16px; background: none; }
  .docx-wrapper > section.docx { max-width: 100%; margin-block-end: 16px; box-shadow: 0 1px 4px rgb(0 0 0 / 0.25); }
  @media (max-width: 48rem) {
    .docx-wrapper { padding: 0; }
    .docx-wrapper > section.docx { align-self: stretch; width: auto !important; padding: 24px !important; box-shadow: none; }
  }
`;

/** A drawn Word document in a tree of its own, so that its styles and ours don't meet. */
function Word({ drawn, name }: { drawn: DrawnDocument; name: string }) {
  const host = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (!host.current) return;
    const root = host.current.shadowRoot ?? host.current.attachShadow({ mode: "open" });
    const frame = new CSSStyleSheet();
    frame.replaceSync(FRAME);
    root.adoptedStyleSheets = [...drawn.sheets, frame];
    root.replaceChildren(...drawn.nodes);
  }, [drawn]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by Tab
    <div class="preview preview-word" tabIndex={0} role="group" aria-label={name}>
      <div ref={host} />
    </div>
  );
}
