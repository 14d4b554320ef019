import { useEffect } from "preact/hooks";
import { useLocation, useRoute } from "preact-iso";
import type { Application } from "../../worker/features/applications/schema";
import { get } from "../lib/client";
import { useLoad } from "../lib/load";
import { LoadTrouble } from "../recruiter/trouble";
import { Loading, Page, Skeleton } from "../ui";

/** The address of one application, as notifications know it: leads to the person where they stand. */
export default function ApplicationScreen() {
  const id = useRoute().params.id ?? "";
  const { route } = useLocation();
  const loaded = useLoad((signal) => get<Application>(`/api/applications/${id}`, {}, { signal }), [id]);
  const found = loaded.data;
  useEffect(() => {
    if (found) route(found.jobId ? `/jobs/${found.jobId}?person=${id}` : `/agents/${found.agentId}`, true);
  }, [found?.id]);
  return (
    <Page title="Application" width="full">
      {loaded.error && !found ? (
        <LoadTrouble what="This application" error={loaded.error} onRetry={loaded.reload} />
      ) : (
        <Loading label="Loading the application">
          <Skeleton lines={4} />
        </Loading>
      )}
    </Page>
  );
}
