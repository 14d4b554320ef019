import { DocumentPreview, downloadAddress } from "../recruiter/document-preview";
import { Button, Card, EmptyState } from "../ui";
import { type ApplicationData, cvOf } from "./use-application";

/** The CV as one reads it, inside the page. */
export function Cv({ data }: { data: ApplicationData }) {
  const cv = cvOf(data);
  const letter = data.application.candidate?.coverLetter;
  return (
    <>
      <Card
        title="CV"
        class="cv"
        actions={
          cv && (
            <Button
              size="s"
              variant="plain"
              icon="download"
              href={downloadAddress(cv)}
              download
              aria-label={`Download ${cv.fileName}`}
            />
          )
        }
      >
        {cv ? (
          <DocumentPreview key={cv.id} document={cv} />
        ) : (
          <EmptyState icon="file-text" title="There is no CV">
            It appears here once one is uploaded, by the person or on their page.
          </EmptyState>
        )}
      </Card>
      {letter && (
        <Card title="Cover letter">
          <p class="application-note-text">{letter}</p>
        </Card>
      )}
    </>
  );
}
