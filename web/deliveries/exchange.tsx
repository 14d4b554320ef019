import { useMemo, useState } from "preact/hooks";
import type { Attempt, Delivery } from "../../worker/features/webhooks/schema";
import { lowerFirst } from "../lib/lower-first";
import { Button, Card, IconButton } from "../ui";
import { copyText } from "../webhooks/code";
import { causeWords } from "./causes";
import { hostOf, latency, underWay } from "./words";

export interface ExchangeProps {
  delivery: Delivery;
  /** The attempt that is looked at; without one there is only what will be sent. */
  attempt: Attempt | undefined;
}

/** What was sent and what came back, beside each other. */
export function Exchange({ delivery, attempt }: ExchangeProps) {
  const [pretty, setPretty] = useState(true);
  const request = attempt?.request;
  const response = attempt?.response;
  const toggle = (
    <Button size="s" variant="plain" aria-pressed={pretty} onClick={() => setPretty(!pretty)}>
      Indented
    </Button>
  );
  return (
    <div class="exchange">
      <Card
        title="Request"
        level={3}
        class="exchange-side"
        actions={
          <>
            {toggle}
            {delivery.body !== null && <Copy text={delivery.body} what="The body" />}
          </>
        }
      >
        <HttpText
          label="Request"
          first={`${request?.method ?? "POST"} ${request?.url ?? delivery.endpointUrl}`}
          headers={request?.headers ?? {}}
          body={delivery.body ?? ""}
          pretty={pretty}
        />
        <p class="exchange-note quiet">
          {delivery.body === null
            ? "The body is no longer kept."
            : request
              ? "These bytes are the same in every attempt. Signatures are made afresh for each, and not kept."
              : "Its headers stand here once it was sent."}
        </p>
      </Card>
      <Card
        title={response || attempt?.statusCode ? `Response${took(attempt)}` : "Response"}
        level={3}
        class="exchange-side"
        actions={response?.body ? <Copy text={response.body} what="The answer" /> : undefined}
      >
        {attempt && (response || attempt.statusCode !== null) ? (
          <>
            <HttpText
              label="Response"
              first={`HTTP ${attempt.statusCode ?? ""}`}
              headers={response?.headers ?? {}}
              body={response?.body ?? ""}
              pretty={pretty}
            />
            <p class="exchange-note quiet">
              {response?.cut
                ? "The answer was longer: 4 kB of it are kept."
                : response?.body
                  ? ""
                  : "The answer has no body."}
            </p>
          </>
        ) : (
          <NoAnswer delivery={delivery} attempt={attempt} />
        )}
      </Card>
    </div>
  );
}

const took = (attempt: Attempt | undefined): string =>
  attempt && attempt.latencyMs !== null ? ` after ${latency(attempt.latencyMs)}` : "";

function NoAnswer({ delivery, attempt }: ExchangeProps) {
  if (!attempt) return <p class="quiet">It was not sent yet.</p>;
  if (underWay(attempt, Date.now())) return <p class="quiet">The receiver has not answered yet.</p>;
  const cause = attempt.cause ?? "outcome_unknown";
  const words = causeWords(cause, attempt.statusCode, hostOf(delivery.endpointUrl));
  return (
    <p>
      No answer came{took(attempt)}. {words.said}
    </p>
  );
}

export interface HttpTextProps {
  label: string;
  first: string;
  headers: Record<string, string>;
  body: string;
  pretty: boolean;
}

/** A message of HTTP as text. */
export function HttpText({ label, first, headers, body, pretty }: HttpTextProps) {
  const shown = useMemo(() => (pretty ? indented(body) : body), [body, pretty]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by Tab
    <pre class="exchange-text" tabIndex={0} role="region" aria-label={`${label} as text`}>
      <strong>{first}</strong>
      {Object.entries(headers).map(([name, value]) => (
        <span key={name}>
          {"\n"}
          <span class="exchange-header">{name}:</span> {value}
        </span>
      ))}
      {shown && `\n\n${shown}`}
    </pre>
  );
}

/** JSON over several lines; anything else as it is. */
function indented(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

export interface CopyProps {
  text: string;
  /** What is copied, as the start of a sentence: "The body". */
  what: string;
  label?: string;
  /** An icon without the word, beside what is copied. */
  small?: boolean;
}

/** Copies a text just as it is, not as it is shown. */
export function Copy({ text, what, label = "Copy", small = false }: CopyProps) {
  const copy = () => void copyText(text, `${what} is copied, byte for byte.`);
  const named = lowerFirst(what);
  if (small) return <IconButton size="s" icon="copy" label={`Copy ${named}`} onClick={copy} />;
  return (
    <Button size="s" icon="copy" onClick={copy}>
      {label}
      {label === "Copy" && <span class="sr-only"> {named}</span>}
    </Button>
  );
}
