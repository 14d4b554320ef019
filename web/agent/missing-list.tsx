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

/** Exactly what is missing, a line each, which leads to the place that resolves it. */
export function MissingList({ missing, label }: { missing: readonly Missing[]; label: string }) {
  const settled = useSettled(missing);
  return (
    <ul class="lacks" aria-label={label}>
      {settled.map((one) => (
        <li key={`settled ${missingKey(one)}`} class="lack lack-settled">
          <Icon name="circle-check" />
          <span>{one.text}</span>
          <span class="sr-only">Done</span>
        </li>
      ))}
      {missing.map((one) => (
        <Line key={missingKey(one)} missing={one} />
      ))}
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
