import { useEffect, useState } from "preact/hooks";
import type { BoardStage } from "../../worker/features/pipelines/schema";

/** On a phone, where one column fills the screen: the stages as a row to jump by. */
export function StageSwitch({
  stages,
  root,
}: {
  stages: readonly BoardStage[];
  root: { current: HTMLElement | null };
}) {
  const [current, setCurrent] = useState(stages[0]?.key);
  const keys = stages.map(({ key }) => key).join();

  useEffect(() => {
    const columns = root.current?.querySelectorAll<HTMLElement>("[data-stage]") ?? [];
    const seen = new IntersectionObserver(
      (entries) => {
        const shown = entries.find((entry) => entry.isIntersecting);
        if (shown) setCurrent((shown.target as HTMLElement).dataset.stage);
      },
      { root: root.current?.querySelector(".board") ?? null, threshold: 0.6 },
    );
    for (const column of columns) seen.observe(column);
    return () => seen.disconnect();
  }, [keys, root]);

  useEffect(() => {
    root.current
      ?.querySelector(".stage-switch [aria-current]")
      ?.scrollIntoView({ block: "nearest", inline: "center" });
  }, [current]);

  return (
    <nav class="stage-switch" aria-label="Stages">
      {stages.map((stage) => (
        <button
          key={stage.key}
          type="button"
          aria-current={stage.key === current ? "true" : undefined}
          onClick={() => {
            const column = root.current?.querySelector(`[data-stage="${CSS.escape(stage.key)}"]`);
            column?.scrollIntoView({ block: "nearest", inline: "start" });
            setCurrent(stage.key);
          }}
        >
          {stage.name} <span class="num quiet">{stage.count}</span>
        </button>
      ))}
    </nav>
  );
}
