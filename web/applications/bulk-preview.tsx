import { useEffect, useState } from "preact/hooks";
import type { BulkResult } from "../../worker/features/applications/schema";
import { errorText } from "../lib/client";
import { Banner, Icon, Loading, Skeleton } from "../ui";
import { type BulkLine, type BulkWish, people, previewBulk } from "./bulk";
import type { Chosen } from "./chosen";

export interface Preview {
  /** Null while it is being found out, or where nothing can be asked yet. */
  result: BulkResult | null;
  error: string | null;
}

const PAUSE_MS = 120;

/** Asks what would become of the chosen people, again whenever what is wished changes. */
export function usePreview(wish: BulkWish | null, chosen: readonly Chosen[]): Preview {
  const [state, setState] = useState<Preview & { of: string }>({ of: "", result: null, error: null });
  // The reason changes nothing about who can be moved.
  const of = wish ? JSON.stringify({ ...wish, reason: undefined }) : "";
  useEffect(() => {
    if (!wish) return;
    let current = true;
    const timer = setTimeout(
      () => {
        previewBulk(wish, chosen).then(
          (result) => current && setState({ of, result, error: null }),
          (error) => current && setState({ of, result: null, error: errorText(error) }),
        );
      },
      state.of === "" ? 0 : PAUSE_MS,
    );
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [of, chosen]);
  return state.of === of ? state : { result: null, error: null };
}

export interface BulkPreviewProps {
  preview: Preview;
  /** Nothing can be asked before this is done, in words. */
  missing: string | null;
}

/** What would become of each person, and who is left out. */
export function BulkPreview({ preview, missing }: BulkPreviewProps) {
  const { result, error } = preview;
  if (missing) return <p class="quiet bulk-none">{missing}</p>;
  if (error) return <Banner tone="bad">{error}</Banner>;
  if (!result) {
    return (
      <Loading label="Finding out what would happen">
        <Skeleton lines={4} />
      </Loading>
    );
  }
  const able = result.results.filter(({ ok }) => ok);
  const left = result.results.filter(({ ok }) => !ok);
  return (
    <div class="bulk-preview">
      <p role="status">
        <strong>{people(able.length)}</strong>
        {left.length > 0 && <span class="bulk-left"> · {left.length} left out</span>}
      </p>
      <BulkLines lines={[...left, ...able]} label="What would happen" />
    </div>
  );
}

/** A line a person: what happens to them, or why nothing does. */
export function BulkLines({ lines, label }: { lines: readonly BulkLine[]; label: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by Tab
    <ul class="bulk-lines" aria-label={label} tabIndex={0}>
      {lines.map(({ id, ok, name, text, error }) => (
        <li key={id} class={ok ? "bulk-line" : "bulk-line bulk-line-out"}>
          {!ok && <Icon name="circle-alert" size={16} />}
          <span class="bulk-who">{name ?? "Somebody who is gone"}</span>
          <span class="bulk-what">{ok ? text : error}</span>
        </li>
      ))}
    </ul>
  );
}
