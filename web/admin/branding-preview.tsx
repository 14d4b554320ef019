import { useEffect, useState } from "preact/hooks";
import type { CareersPreview } from "../../worker/features/organizations/schema";
import { errorText, post } from "../lib/client";
import { Banner, Button, Card, Loading, Skeleton } from "../ui";
import { type Fields, previewOf } from "./branding-fields";
import { PageFrame } from "./page-frame";

/** How long typing pauses before the page is drawn anew, in milliseconds. */
const PAUSE_MS = 300;

interface Props {
  values: Fields;
  /** Where the page is. */
  path: string;
  /** Changes when something was saved that the values don't hold, like the logo. */
  version: number;
}

/** The careers page as it would be with what is in the form. */
export function BrandingPreview({ values, path, version }: Props) {
  const [page, setPage] = useState<CareersPreview>();
  const [error, setError] = useState<unknown>(null);
  const [turn, setTurn] = useState(0);
  const asked = JSON.stringify(previewOf(values));

  useEffect(() => {
    const stop = new AbortController();
    const timer = setTimeout(
      () => {
        post<CareersPreview>("/api/organization/careers-preview", JSON.parse(asked), {
          key: false,
          signal: stop.signal,
        }).then(
          (next) => {
            setPage(next);
            setError(null);
          },
          (problem) => {
            if (!stop.signal.aborted) setError(problem);
          },
        );
      },
      page ? PAUSE_MS : 0,
    );
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [asked, version, turn]);

  return (
    <section class="branding-look" aria-label="Preview">
      {error !== null && (
        <Banner
          tone="warn"
          role="status"
          action={
            <Button size="s" onClick={() => setTurn(turn + 1)}>
              Try again
            </Button>
          }
        >
          The preview can’t be drawn. {errorText(error)}
        </Banner>
      )}
      {page ? (
        <PageFrame title="Preview of the careers page" page={page}>
          <Button size="s" icon="external-link" href={path} target="_blank">
            Open the careers page
          </Button>
        </PageFrame>
      ) : (
        error === null && (
          <Loading label="Drawing the preview">
            <Card>
              <Skeleton lines={8} />
            </Card>
          </Loading>
        )
      )}
    </section>
  );
}
