import type { Scheme } from "../../worker/features/inbox/words";

/** The last lines of each snippet: what signs, and the headers that hold it. */
const SIGNED: Record<Scheme, { sign: string; headers: string[] }> = {
  portal: {
    sign: `t=$(date +%s)
sig=$(printf '%s.%s' "$t" "$body" | openssl dgst -sha256 -hmac "$secret" -hex | sed 's/^.*= //')`,
    headers: ['"X-Portal-Signature: t=$t,v1=$sig"'],
  },
  standard: {
    sign: `id=msg_$(date +%s); t=$(date +%s)
key=$(printf '%s' "\${secret#whsec_}" | openssl base64 -d -A | od -An -v -tx1 | tr -d ' \\n')
sig=$(printf '%s.%s.%s' "$id" "$t" "$body" | openssl dgst -sha256 -mac HMAC -macopt hexkey:$key -binary | openssl base64 -A)`,
    headers: ['"webhook-id: $id"', '"webhook-timestamp: $t"', '"webhook-signature: v1,$sig"'],
  },
  "sha256-hex": {
    sign: `sig=$(printf '%s' "$body" | openssl dgst -sha256 -hmac "$secret" -hex | sed 's/^.*= //')`,
    headers: ['"X-Hub-Signature-256: sha256=$sig"'],
  },
  "hmac-base64": {
    sign: `sig=$(printf '%s' "$body" | openssl dgst -sha256 -hmac "$secret" -binary | openssl base64 -A)`,
    headers: ['"X-Signature: $sig"'],
  },
};

/**
 * A shell script that sends a first event, with nothing but openssl and curl.
 * @param hookUrl the address of the source
 */
export function firstEvent(scheme: Scheme, hookUrl: string): string {
  const { sign, headers } = SIGNED[scheme];
  return `secret='the secret of this source'
body='{
  "eventId": "first-'$(date +%s)'",
  "eventType": "candidate.created",
  "occurredAt": "'$(date -u +%Y-%m-%dT%H:%M:%SZ)'",
  "data": { "candidate": { "email": "ada@example.com", "firstName": "Ada", "lastName": "Pierce" } }
}'
${sign}
curl -i '${hookUrl}' \\
  -H 'Content-Type: application/json' \\
${headers.map((header) => `  -H ${header} \\`).join("\n")}
  --data-binary "$body"
`;
}
