import { useState } from "preact/hooks";
import { Card, Tabs } from "../ui";
import { Code } from "./code";
import { RECEIVERS } from "./receivers";

/** Whole programs that receive events, to copy. */
export function ReceiversCard() {
  const [key, setKey] = useState(RECEIVERS[0]?.key ?? "");
  const shown = RECEIVERS.find((one) => one.key === key) ?? RECEIVERS[0];
  if (!shown) return null;
  return (
    <Card title="A program that receives them">
      <Tabs
        label="Language"
        tabs={RECEIVERS.map(({ key: one, label }) => ({ key: one, label }))}
        current={shown.key}
        onChange={setKey}
      >
        <div class="stack receiver">
          <p>
            Save it as <code>{shown.file}</code> and start it with the secret of the endpoint. It checks each
            signature, answers, and tells an event that arrives twice.
          </p>
          <Code name="Start it">{`WEBHOOK_SECRET=whsec_… ${shown.command}`}</Code>
          <Code name={shown.file}>{shown.code}</Code>
        </div>
      </Tabs>
    </Card>
  );
}
