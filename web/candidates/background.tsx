import type { ComponentChildren } from "preact";
import type { Candidate } from "../../worker/features/candidates/schema";
import { Button, Card } from "../ui";
import { spanWords } from "./words";

export interface BackgroundProps {
  candidate: Candidate;
  onEdit: () => void;
}

/** What somebody did and learned, and says about themselves. */
export function Background({ candidate, onEdit }: BackgroundProps) {
  const { summary, coverLetter, experience, education, certifications, languages } = candidate;
  const empty =
    !summary &&
    !coverLetter &&
    experience.length + education.length + certifications.length + languages.length === 0;
  return (
    <Card
      title="Background"
      class="cand-background"
      actions={
        <Button size="s" icon="pencil" onClick={onEdit}>
          Edit<span class="sr-only"> the background</span>
        </Button>
      }
    >
      {empty && (
        <p class="quiet">
          Experience, education, certifications and languages stand here once somebody writes them down.
        </p>
      )}
      {summary && <p class="cand-text">{summary}</p>}
      {experience.length > 0 && (
        <Part title="Experience">
          <ol class="cand-steps">
            {experience.map((one, at) => (
              <li key={at}>
                <div class="cand-step">
                  <span>
                    <strong>{one.title}</strong>
                    {one.company && <> · {one.company}</>}
                    {one.location && <span class="quiet">, {one.location}</span>}
                  </span>
                  <span class="quiet num">{spanWords(one.start, one.end)}</span>
                </div>
                {one.description && <p class="cand-text quiet">{one.description}</p>}
              </li>
            ))}
          </ol>
        </Part>
      )}
      {education.length > 0 && (
        <Part title="Education">
          <ol class="cand-steps">
            {education.map((one, at) => (
              <li key={at}>
                <div class="cand-step">
                  <span>
                    <strong>{one.school}</strong>
                    {(one.degree || one.field) && (
                      <> · {[one.degree, one.field].filter(Boolean).join(", ")}</>
                    )}
                  </span>
                  <span class="quiet num">{spanWords(one.start, one.end)}</span>
                </div>
              </li>
            ))}
          </ol>
        </Part>
      )}
      {certifications.length > 0 && (
        <Part title="Certifications">
          <p>{certifications.join(", ")}</p>
        </Part>
      )}
      {languages.length > 0 && (
        <Part title="Languages">
          <p>{languages.join(", ")}</p>
        </Part>
      )}
      {coverLetter && (
        <details class="cand-letter">
          <summary>Cover letter</summary>
          <p class="cand-text">{coverLetter}</p>
        </details>
      )}
    </Card>
  );
}

function Part({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <div class="who-part">
      <h3>{title}</h3>
      {children}
    </div>
  );
}
