import type { DeliveryLine } from "../../worker/features/webhooks/schema";
import { Ago } from "../lib/ago";
import { type Column, StatusPill } from "../ui";
import { Until } from "./when";
import { count, hostOf, lineWords, STATUS, shortUrl } from "./words";

const Status = ({ status }: DeliveryLine) => (
  <StatusPill tone={STATUS[status].tone} icon={STATUS[status].icon}>
    {STATUS[status].label}
  </StatusPill>
);

/** What it came to, and when it is tried next. */
function Outcome({ line }: { line: DeliveryLine }) {
  return (
    <>
      {lineWords(line)}
      {line.attemptCount > 1 && line.status !== "cancelled" && (
        <span class="quiet">, {count(line.attemptCount, "attempt")}</span>
      )}
      {line.status === "pending" && line.nextAt && (
        <span class="quiet">
          {" · next "}
          <Until at={line.nextAt} short />
        </span>
      )}
    </>
  );
}

/** The columns of the list of deliveries. */
export const deliveryColumns: Column<DeliveryLine>[] = [
  {
    key: "event",
    header: "Event",
    cell: (line) => (
      <>
        <a class="delivery-link" href={`/settings/webhooks/deliveries/${line.id}`} tabIndex={-1}>
          {line.eventType}
        </a>
        <span class="quiet delivery-under delivery-id">{line.eventId}</span>
        <span class="delivery-under delivery-narrow">
          {hostOf(line.endpointUrl)}: <Outcome line={line} />
          {line.status !== "pending" && (
            <>
              {" · "}
              <Ago at={line.createdAt} />
            </>
          )}
        </span>
      </>
    ),
  },
  {
    key: "endpoint",
    header: "Endpoint",
    wide: true,
    cell: ({ endpointUrl }) => <span class="delivery-url">{shortUrl(endpointUrl)}</span>,
  },
  { key: "status", header: "Status", width: "8rem", cell: Status },
  {
    key: "outcome",
    header: "What happened",
    wide: true,
    cell: (line) => <Outcome line={line} />,
  },
  {
    key: "at",
    header: "Happened",
    align: "end",
    width: "9rem",
    wide: true,
    cell: ({ createdAt }) => <Ago at={createdAt} />,
  },
];
