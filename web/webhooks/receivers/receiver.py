# python3 receiver.py (Python 3.8 or newer, nothing to install)
import base64, hashlib, hmac, json, os, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

secret = os.environ["WEBHOOK_SECRET"]  # whsec_...
key = base64.b64decode(secret.split("_", 1)[-1])
seen = set()  # in earnest: a unique column in your database


def is_ours(headers, body):
    id, stamp = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not stamp.isdigit() or abs(time.time() - int(stamp)) > 300:
        return False
    signed = f"{id}.{stamp}.".encode() + body
    expected = "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    # While a secret is changed there are two signatures; one that fits is enough.
    given = headers.get("webhook-signature", "").split(" ")
    return any(hmac.compare_digest(part.encode(), expected.encode()) for part in given)


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        # The bytes as they came: do not parse before checking.
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        ours = is_ours(self.headers, body)
        if ours:
            event = json.loads(body)
            if event["id"] not in seen:
                seen.add(event["id"])
                # Longer work belongs in a queue: answer within 15 s.
                print(event["type"], event["data"], flush=True)
        self.send_response(204 if ours else 401)
        self.end_headers()


print("Waiting for events", flush=True)
ThreadingHTTPServer(("", int(os.environ.get("PORT", 4000))), Receiver).serve_forever()
