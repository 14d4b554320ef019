import type { Me } from "../../worker/features/users/schema";
import { Unverified } from "../account/unverified";
import { Button, Card, EmptyState, Page } from "../ui";

/** A calm home for candidates, and for client users: what there is, and how it fills. */
export function CandidateHome({ person }: { person: Me }) {
  const client = person.role === "client_user";
  const organization = person.organization.name;
  return (
    <Page
      title="Home"
      heading={`Hello ${person.firstName || person.name}`}
      lead={`You are with ${organization}.`}
    >
      <Unverified person={person} />
      <Card>
        {client ? (
          <EmptyState icon="users" title="Nobody is shared with you yet">
            When {organization} shares people with you, they appear here, and you get a notification.
          </EmptyState>
        ) : (
          <EmptyState icon="briefcase" title="No applications yet">
            When {organization} considers you for a job, it appears here, with where you stand and since when.
          </EmptyState>
        )}
      </Card>
      <div class="row">
        {!client && (
          <Button icon="file-text" href="/documents">
            Your documents
          </Button>
        )}
        <Button icon="bell" href="/notifications">
          Notifications
        </Button>
        <Button icon="circle-user" href="/account">
          Account
        </Button>
      </div>
    </Page>
  );
}
