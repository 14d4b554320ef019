import type { Client } from "../../worker/features/clients/schema";
import { absolute, date } from "../lib/time";
import { Button, Card, type Fact, FactList } from "../ui";

/** Who a client is and how to reach them. */
export function ClientFacts({ client, onEdit }: { client: Client; onEdit: () => void }) {
  const place = [
    client.address,
    [client.postalCode, client.city].filter(Boolean).join(" "),
    [client.state, client.country].filter(Boolean).join(", "),
  ].filter(Boolean);
  const facts: Fact[] = [
    ["Industry", client.industry],
    [
      "Website",
      client.website && (
        <a href={client.website} target="_blank" rel="noopener noreferrer">
          {client.website.replace(/^https?:\/\//, "").replace(/\/$/, "")}
        </a>
      ),
    ],
    ["Phone", client.phone && <a href={`tel:${client.phone.replace(/[^+0-9]/g, "")}`}>{client.phone}</a>],
    [
      "Address",
      place.length > 0 && (
        <address class="client-address">
          {place.map((line) => (
            <span key={String(line)}>{line}</span>
          ))}
        </address>
      ),
    ],
  ];
  const known = facts.filter(([, value]) => value);
  return (
    <Card
      title="Details"
      class="client-facts"
      actions={
        <Button size="s" variant="plain" icon="pencil" onClick={onEdit}>
          Edit
        </Button>
      }
    >
      {known.length > 0 ? (
        <FactList class="facts" facts={known} />
      ) : (
        <p class="quiet">Nothing is written about them yet.</p>
      )}
      {client.notes && (
        <div class="client-notes">
          <h3>Notes of the team</h3>
          <p>{client.notes}</p>
        </div>
      )}
      <p class="quiet client-since">
        A client since <time title={absolute(client.createdAt)}>{date(client.createdAt)}</time>
      </p>
    </Card>
  );
}
