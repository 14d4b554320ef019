import { useState } from "preact/hooks";
import type { Agent, AgentChange } from "../../worker/features/agents/schema";
import { errorText, get, ProblemError, put } from "../lib/client";
import { absolute, date, now } from "../lib/time";
import { Avatar, Card, Icon, IconButton, toast } from "../ui";
import { EditAgent } from "./agent-edit";
import { Rating, Tags } from "./assess";

/** Saves tags or rating; when somebody else saved first, the same change is made to theirs. */
async function saveOver(agent: Agent, change: (current: Agent) => AgentChange): Promise<Agent> {
  const path = `/api/agents/${agent.id}`;
  try {
    return await put<Agent>(path, change(agent), { ifMatch: agent.version });
  } catch (error) {
    if (!(error instanceof ProblemError) || error.status !== 412) throw error;
    const current = await get<Agent>(path);
    return put<Agent>(path, change(current), { ifMatch: current.version });
  }
}

export interface AgentWhoProps {
  agent: Agent;
  onAgent: (agent: Agent) => void;
}

/** Who somebody is and how to reach them, with tags and rating. */
export function AgentWho({ agent, onAgent }: AgentWhoProps) {
  const [editing, setEditing] = useState(false);
  const place = [agent.city, countryName(agent.country)].filter(Boolean).join(", ");
  const save = async (change: (current: Agent) => AgentChange) => {
    try {
      onAgent(await saveOver(agent, change));
    } catch (error) {
      toast({ text: errorText(error), tone: "warn" });
    }
  };
  return (
    <Card class="who">
      <div class="who-head">
        <Avatar name={agent.name} id={agent.id} size={44} />
        <div class="who-name">{agent.headline ?? <span class="quiet">No headline yet</span>}</div>
        <IconButton
          icon="pencil"
          size="s"
          label={`Edit the profile of ${agent.name}`}
          onClick={() => setEditing(true)}
        />
      </div>
      <Rating value={agent.rating} onRate={(rating) => save(() => ({ rating }))} />
      <ul class="who-reach">
        <li>
          <Icon name="mail" size={16} />
          <a href={`mailto:${agent.email}`}>{agent.email}</a>
        </li>
        {agent.phone && (
          <li>
            <Icon name="phone" size={16} />
            <a href={`tel:${agent.phone.replace(/[^+0-9]/g, "")}`}>{agent.phone}</a>
          </li>
        )}
        {(place || agent.timeZone) && (
          <li>
            <Icon name="map-pin" size={16} />
            <span>
              {place}
              <LocalTime zone={agent.timeZone} />
            </span>
          </li>
        )}
      </ul>
      <Words title="Skills" words={agent.skills} />
      <Words title="Languages" words={agent.languages.map(languageName)} />
      <Tags values={agent.tags} onChange={(change) => save(({ tags }) => ({ tags: change(tags) }))} />
      <p class="quiet who-since">
        In the pool since <time title={absolute(agent.createdAt)}>{date(agent.createdAt)}</time>
      </p>
      <EditAgent
        agent={editing ? agent : null}
        onClose={() => setEditing(false)}
        onSaved={(next) => {
          setEditing(false);
          onAgent(next);
        }}
      />
    </Card>
  );
}

function Words({ title, words }: { title: string; words: readonly string[] }) {
  if (words.length === 0) return null;
  return (
    <div class="who-part">
      <h3>{title}</h3>
      <p>{words.join(", ")}</p>
    </div>
  );
}

function LocalTime({ zone }: { zone: string | null }) {
  if (!zone) return null;
  try {
    const text = new Intl.DateTimeFormat(undefined, { timeStyle: "short", timeZone: zone }).format(now.value);
    return <div class="quiet">{text} there now</div>;
  } catch {
    // A zone that this browser doesn't know.
    return null;
  }
}

function countryName(code: string | null): string | null {
  if (!code) return null;
  try {
    return new Intl.DisplayNames(undefined, { type: "region" }).of(code) ?? code;
  } catch {
    return code;
  }
}

function languageName(code: string): string {
  try {
    return new Intl.DisplayNames(undefined, { type: "language" }).of(code) ?? code;
  } catch {
    return code;
  }
}
