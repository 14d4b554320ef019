import "../home/home.css";
import "./apply-review.css";
import type { EqualOpportunitySums } from "../../worker/features/apply/schema";
import { get } from "../lib/client";
import { useLoad } from "../lib/load";
import { LoadTrouble } from "../recruiter/trouble";
import { Card, Loading, Page, Skeleton } from "../ui";
import { EqualGroups } from "./equal-groups";

/** Equal-opportunity answers of everybody who applied. */
export default function EqualOpportunityScreen() {
  const loaded = useLoad(
    (signal) => get<EqualOpportunitySums>("/api/organization/equal-opportunity", {}, { signal }),
    [],
  );
  return (
    <Page
      title="Equal opportunity"
      lead="Who applies for your jobs, in sums. The questions are turned on under Careers page."
    >
      {loaded.error && !loaded.data ? (
        <LoadTrouble what="The sums" error={loaded.error} onRetry={loaded.reload} />
      ) : !loaded.data ? (
        <Loading label="Loading the sums">
          <Card>
            <Skeleton lines={10} />
          </Card>
        </Loading>
      ) : (
        <Card>
          <EqualGroups sums={loaded.data} heading="h2" />
        </Card>
      )}
    </Page>
  );
}
