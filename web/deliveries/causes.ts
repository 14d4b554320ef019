import type { Cause } from "../../worker/features/webhooks/words";

/** What an attempt came to, in words that lead on. */
export interface CauseWords {
  /** For a list: `Answered 500`. */
  short: string;
  /** A sentence with the receiver's name: `shop.example.com answered 500.` */
  said: string;
  /** Why that usually is. */
  why: string;
  /** What to try, the likeliest first. */
  tries: readonly string[];
}

type Words = Omit<CauseWords, "short" | "said">;

const SIGNATURE: Words = {
  why: "The receiver doesn’t let the request in. Most often its check of the signature fails.",
  tries: [
    "Compare the secret that the receiver uses with this endpoint’s: after a rotation only the new one counts once 24 hours are over.",
    "Check the signature over the raw bytes of the body, before anything parses the JSON.",
    "If the receiver asks for a login of its own, add it as a header of the endpoint.",
  ],
};
const ADDRESS: Words = {
  why: "The server is there, but nothing at this address takes a POST.",
  tries: [
    "Compare the address with the route of the receiver: the path, a slash at the end, upper and lower case.",
    "Check that the version of the receiver that has this route is the one that runs.",
  ],
};
const CONTENT: Words = {
  why: "The receiver read the event and didn’t accept what is in it.",
  tries: [
    "Read its answer below: it often names the field.",
    "Compare what it expects with the schema of the event in the catalogue. New fields may be added at any time and should be ignored.",
  ],
};
const BROKE: Words = {
  why: "The receiver got the event and broke while it worked on it.",
  tries: [
    "Look for this time, or for the webhook-id below, in the log of the receiver.",
    "Answer 200 as soon as the event is stored, and work on it afterwards.",
  ],
};
const PROXY: Words = {
  why: "Something in front of the receiver answered, since the receiver itself is down, restarting or too slow.",
  tries: [
    "Check that the receiver runs and that its proxy or load balancer can reach it.",
    "If it is being put up anew right now, wait: the next attempt goes out by itself.",
  ],
};

const BY_STATUS: Record<number, Words> = {
  400: CONTENT,
  401: SIGNATURE,
  403: SIGNATURE,
  404: ADDRESS,
  405: ADDRESS,
  408: {
    why: "The receiver says that it waited too long for the request.",
    tries: ["Check the time limits of its proxy; the request is sent in one piece and is small."],
  },
  409: CONTENT,
  410: {
    why: "With 410 a receiver says that it is gone for good, and nothing is sent there any more.",
    tries: [
      "If it is still wanted, make the receiver answer 200, turn the endpoint on again and send this event again.",
    ],
  },
  413: {
    why: "The receiver takes only bodies that are smaller than this one.",
    tries: ["Raise the limit of the receiver or of its proxy; events of ours are small, a few kB each."],
  },
  415: {
    why: "The receiver expects another type of content.",
    tries: ["Make the route take application/json, which is what every event is sent as."],
  },
  422: CONTENT,
  429: {
    why: "The receiver gets more at once than it takes.",
    tries: [
      "Set a rate on the endpoint, so that no more requests a second go out than it takes.",
      "Raise the receiver’s own limit for our address.",
    ],
  },
  502: PROXY,
  503: PROXY,
  504: PROXY,
};

const OTHER_STATUS: Words = {
  why: "Only an answer from 200 to 299 counts as delivered.",
  tries: ["Make the receiver answer 200 or 204 once it has stored the event."],
};

const wordsOfStatus = (code: number): Words =>
  BY_STATUS[code] ?? (code >= 500 ? BROKE : code >= 400 ? CONTENT : OTHER_STATUS);

type Known = Omit<CauseWords, "said"> & { said: (host: string) => string };

const BY_CAUSE: Record<Exclude<Cause, "status" | "redirect">, Known> = {
  refused: {
    short: "Connection refused",
    said: (host) => `${host} refused the connection.`,
    why: "The machine is there, but no program listens on that port.",
    tries: [
      "Start the receiver, or check that it listens on the port of the address.",
      "If there is a firewall in between, let requests from outside through.",
    ],
  },
  dns: {
    short: "Name not found",
    said: (host) => `The name ${host} leads nowhere.`,
    why: "The name of the host has no address in the domain name system.",
    tries: [
      "Look for a typing mistake in the address of the endpoint.",
      "If the name is new, wait until its entry has spread; that can take an hour.",
    ],
  },
  tls: {
    short: "Certificate not accepted",
    said: (host) => `No secure connection to ${host} could be made.`,
    why: "Its certificate has run out, is for another name, or is signed by nobody known.",
    tries: [
      "Renew the certificate, and check that it names exactly this host.",
      "Send the whole chain of certificates, not just the last one.",
    ],
  },
  timeout: {
    short: "No answer in 15 s",
    said: (host) => `${host} didn’t answer within 15 seconds.`,
    why: "The receiver takes too long, most often because it does all the work before it answers.",
    tries: [
      "Store the event, answer 200 at once, and do the work afterwards.",
      "Check that the receiver isn’t stuck: restart it if it is.",
    ],
  },
  reset: {
    short: "Connection cut off",
    said: (host) => `${host} cut the connection before its answer was complete.`,
    why: "The receiver or a proxy crashed, was restarted, or closed the connection in the middle.",
    tries: ["Look in the log of the receiver at this time for a crash or a restart."],
  },
  too_large: {
    short: "Answer too large",
    said: (host) => `${host} answered more than can be read.`,
    why: "An answer needs no body at all; this one didn’t end.",
    tries: ["Answer 200 or 204 without a body."],
  },
  blocked: {
    short: "Address not allowed",
    said: (host) => `${host} is an address that we don’t send to.`,
    why: "Events go only to public addresses over https, so that nobody can reach into a private network.",
    tries: ["Give the endpoint a public https address, or a tunnel to your machine."],
  },
  unreachable: {
    short: "Not reachable",
    said: (host) => `${host} could not be reached.`,
    why: "No connection came about: the name has no entry, nothing listens, or the network in between is broken.",
    tries: [
      "Look for a typing mistake in the address of the endpoint.",
      "Check from outside your network that the address answers.",
    ],
  },
  outcome_unknown: {
    short: "Outcome unknown",
    said: (host) => `Whether ${host} got this attempt isn’t known.`,
    why: "Our own process ended while the request was under way. The receiver may have got the event.",
    tries: [
      "Nothing: it is sent again with the same webhook-id, by which the receiver can tell that it has it already.",
    ],
  },
};

/**
 * Says why an attempt failed.
 * @param host the receiver, as people name it
 */
export function causeWords(cause: Cause, statusCode: number | null, host: string): CauseWords {
  if (cause === "redirect") {
    const code = statusCode ?? "a redirect";
    return {
      short: `Redirected${statusCode ? ` (${statusCode})` : ""}`,
      said: `${host} answered ${code} and pointed to another address.`,
      why: "Redirects are not followed, so that a signed event goes nowhere but where you said.",
      tries: ["Put the address that it points to (the header location below) into the endpoint."],
    };
  }
  if (cause === "status") {
    const code = statusCode ?? 0;
    return { short: `Answered ${code}`, said: `${host} answered ${code}.`, ...wordsOfStatus(code) };
  }
  const known = BY_CAUSE[cause];
  return { ...known, said: known.said(host) };
}
