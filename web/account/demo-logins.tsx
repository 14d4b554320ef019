import { Button } from "../ui";

const PEOPLE = ["admin", "recruiter", "client", "agent", "candidate"] as const;

/** Local mode only: fills the form with one of the demo accounts. */
export function DemoLogins({ onChoose }: { onChoose: (email: string, password: string) => void }) {
  return (
    <section class="demo" aria-label="Demo accounts">
      <p>Local mode. Fill in a demo account:</p>
      <div class="row">
        {PEOPLE.map((who) => (
          <Button key={who} size="s" onClick={() => onChoose(`${who}@acme.test`, "portico-demo-1")}>
            {who}
          </Button>
        ))}
      </div>
    </section>
  );
}
