import type { CandidateInterview } from "../../worker/features/interviews/schema";
import type { StatusView } from "./status";

function timeIn(at: string, timeZone: string): string {
  return new Intl.DateTimeFormat("en-GB", {
    weekday: "long",
    day: "numeric",
    month: "long",
    hour: "2-digit",
    minute: "2-digit",
    timeZone,
    timeZoneName: "short",
  }).format(new Date(at));
}

/** A time in the interview's own time zone; the script writes it anew in the reader's. */
function Moment({ at, timeZone }: { at: string; timeZone: string }) {
  return (
    <time datetime={at} data-moment="">
      {timeIn(at, timeZone)}
    </time>
  );
}

/** How long, in which way, and with whom. */
function manner({ mode, durationMinutes, interviewers }: CandidateInterview): string {
  const way = { Video: "By video", Phone: "By phone", Onsite: "On site" }[mode];
  const people = new Intl.ListFormat("en").format(interviewers);
  return `${way}, ${durationMinutes} minutes${people ? `, with ${people}` : ""}`;
}

/** Interviews that are to come: times to choose from, or where and when. */
export function StatusInterviews({ view: { interviews, path } }: { view: StatusView }) {
  const coming = interviews.filter(({ state }) => state === "choose" || state === "booked");
  if (coming.length === 0) return null;
  return (
    <section aria-labelledby="interviews">
      <h2 id="interviews">{coming.length === 1 ? "Your interview" : "Your interviews"}</h2>
      {coming.map((interview) => (
        <article key={interview.id} class="status-interview">
          <h3 dir="auto">{interview.roundName ?? `Round ${interview.round}`}</h3>
          {interview.state === "choose" ? (
            <Slots interview={interview} action={`${path}/interviews/${interview.id}/book`} />
          ) : (
            <Booked interview={interview} />
          )}
        </article>
      ))}
    </section>
  );
}

function Slots({ interview, action }: { interview: CandidateInterview; action: string }) {
  const { slots, timeZone } = interview;
  return (
    <form method="post" action={action}>
      <p>{manner(interview)}</p>
      {slots.length === 0 ? (
        <p>None of the times is free any more. We write to you with others.</p>
      ) : (
        <>
          <fieldset class="status-slots">
            <legend>
              Choose the time that suits you
              <span data-zone="">, in the time zone {timeZone}</span>:
            </legend>
            {slots.map(({ id, start }) => (
              <label key={id} class="status-slot">
                <input type="radio" name="slot" value={id} required />
                <Moment at={start} timeZone={timeZone} />
              </label>
            ))}
          </fieldset>
          <button type="submit" class="button button-primary button-m">
            Take this time
          </button>
        </>
      )}
    </form>
  );
}

function Booked({ interview }: { interview: CandidateInterview }) {
  const { start, timeZone, location, meetingLink, instructions } = interview;
  return (
    <>
      {start && (
        <p class="status-when">
          <Moment at={start} timeZone={timeZone} />
        </p>
      )}
      <p>{manner(interview)}</p>
      {location && <p dir="auto">{location}</p>}
      {meetingLink && (
        <p>
          <a class="button button-primary button-m" href={meetingLink} rel="noopener noreferrer">
            Open the meeting
          </a>
        </p>
      )}
      {instructions && (
        <p class="status-words" dir="auto">
          {instructions}
        </p>
      )}
    </>
  );
}
