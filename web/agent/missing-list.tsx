import "./missing.css";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Missing } from "../../worker/features/eligibility/schema";
import { Icon, type IconName } from "../ui";
import { isWithTeam, missingKey } from "./campaign-words";

const SETTLED_MS = 2_500;

/** What has just gone from a list, for as long as one needs to see it go. */
function useSettled(missing: readonly Missing[]): Missing[] {
  const before = useRef(missing);
  const [settled, setSettled] = useState<Missing[]>([]);
  useEffect(() => {
    const keys = new Set(missing.map(missingKey));
    const gone = before.current.filter((one) => !keys.has(missingKey(one)));
    before.current = missing;
    if (gone.length === 0) return;
    setSettled((shown) => [...shown, ...gone]);
    setTimeout(() => setSettled((shown) => shown.filter((one) => !gone.includes(one))), SETTLED_MS);
  }, [missing]);
  return settled.filter((one) => !missing.some((other) => missingKey(other) === missingKey(one)));
}

export interface MissingListProps {
  missing: readonly Missing[];
  label: string;
  /** So many lines at most, and where the others are. */
  most?: { lines: number; href: string };
}

/** Exactly what is missing, a line each, which leads to the place that resolves it. */
export function MissingList({ missing, label, most }: MissingListProps) {
  const settled = useSettled(missing);
  // One line more takes no more room than saying that there is one.
  const shown = most && missing.length > most.lines + 1 ? missing.slice(0, most.lines) : missing;
  return (
    <ul class="lacks" aria-label={label}>
      {settled.map((one) => (
        <li key={`settled ${missingKey(one)}`} class="lack lack-settled">
          <Icon name="circle-check" />
          <span>{one.text}</span>
          <span class="sr-only">Done</span>
        </li>
      ))}
      {shown.map((one) => (
        <Line key={missingKey(one)} missing={one} />
      ))}
      {most && shown.length < missing.length && (
        <li class="lack">
          <a href={most.href}>
            <span class="lack-text">And {missing.length - shown.length} more</span>
            <Icon name="chevron-right" class="lack-go" />
          </a>
        </li>
      )}
    </ul>
  );
}

function iconOf(missing: Missing): IconName {
  if (missing.state === "excluded" || missing.state === "unmeetable") return "circle-x";
  if (isWithTeam(missing)) return "hourglass";
  return missing.state === "missing" ? "circle-dashed" : "triangle-alert";
}

function Line({ missing }: { missing: Missing }) {
  const waits = isWithTeam(missing);
  if (missing.kind === "any" && missing.options) return <Ways options={missing.options} />;
  const inside = (
    <>
      <Icon name={iconOf(missing)} />
      <span class="lack-text">{missing.text}</span>
      {missing.resolve && <Icon name="chevron-right" class="lack-go" />}
    </>
  );
  return (
    <li class={waits ? "lack lack-waits" : "lack"} data-state={missing.state}>
      {missing.resolve ? <a href={missing.resolve}>{inside}</a> : <span class="lack-plain">{inside}</span>}
    </li>
  );
}

/** Several ways, of which one is enough. */
function Ways({ options }: { options: Missing[][] }) {
  return (
    <li class="lack-ways">
      <p>One of these is enough:</p>
      <ul class="lack-way">
        {options.map((way) => way.map((one) => <Line key={missingKey(one)} missing={one} />))}
      </ul>
    </li>
  );
}
