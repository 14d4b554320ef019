import "./evaluations.css";
import { useState } from "preact/hooks";
import type { EvaluationType } from "../../worker/features/evaluations/schema";
import type { Page as PageOf } from "../../worker/http/shapes";
import { get } from "../lib/client";
import { useShortcuts } from "../lib/keys";
import { useLoad } from "../lib/load";
import { LoadTrouble } from "../recruiter/trouble";
import {
  Button,
  Card,
  EmptyState,
  IconButton,
  Loading,
  Menu,
  Page,
  SidePanel,
  Skeleton,
  StatusPill,
  Tag,
} from "../ui";
import { ArchiveDialog, restore } from "./archive";
import { scoreWords } from "./scorecard";
import { TYPES, TypeEdit } from "./type-edit";

/** What people are judged by: types of evaluations, with their scales and scorecards. */
export default function EvaluationTypesScreen() {
  const loaded = useLoad((signal) => get<PageOf<EvaluationType>>(TYPES, {}, { signal }), []);
  const [editing, setEditing] = useState<EvaluationType | "new" | null>(null);
  const [archiving, setArchiving] = useState<EvaluationType | null>(null);
  const put = (type: EvaluationType) =>
    loaded.set((before) => ({
      ...before,
      data: before.data.some(({ key }) => key === type.key)
        ? before.data.map((other) => (other.key === type.key ? type : other))
        : [...before.data, type],
    }));
  useShortcuts("Evaluations", [{ key: "n", label: "New type", run: () => setEditing("new") }]);
  const types = [...(loaded.data?.data ?? [])].sort(
    (one, other) => Number(one.archived) - Number(other.archived),
  );
  return (
    <Page
      title="Evaluations"
      lead="What people are judged by. Campaigns can ask for a least score of any of these."
      actions={
        <Button variant="primary" icon="plus" onClick={() => setEditing("new")}>
          New type
        </Button>
      }
    >
      {loaded.error && !loaded.data ? (
        <LoadTrouble what="The list" error={loaded.error} onRetry={loaded.reload} />
      ) : !loaded.data ? (
        <Loading label="Loading the list">
          <Card>
            <Skeleton lines={6} />
          </Card>
        </Loading>
      ) : types.length === 0 ? (
        <Card>
          <EmptyState icon="star" title="No types of evaluations yet">
            Add the first one: an interview, a trial day, a test. Quizzes of the onboarding add their own.
          </EmptyState>
        </Card>
      ) : (
        <Card flush>
          <ul class="lines">
            {types.map((type) => (
              <TypeLine
                key={type.key}
                type={type}
                onEdit={() => setEditing(type)}
                onArchive={() =>
                  type.archived ? void restore(type).then((next) => next && put(next)) : setArchiving(type)
                }
              />
            ))}
          </ul>
        </Card>
      )}
      <SidePanel
        open={editing !== null}
        onClose={() => setEditing(null)}
        title={editing === "new" ? "New type" : editing?.name}
      >
        {editing && (
          <TypeEdit
            key={editing === "new" ? "new" : editing.key}
            type={editing === "new" ? undefined : editing}
            onClose={() => setEditing(null)}
            onSaved={(type) => {
              put(type);
              setEditing(null);
            }}
          />
        )}
      </SidePanel>
      <ArchiveDialog
        type={archiving}
        onClose={() => setArchiving(null)}
        onArchived={(type) => {
          put(type);
          setArchiving(null);
        }}
      />
    </Page>
  );
}

interface TypeLineProps {
  type: EvaluationType;
  onEdit: () => void;
  onArchive: () => void;
}

function TypeLine({ type, onEdit, onArchive }: TypeLineProps) {
  const { name, minScore, maxScore, passScore, criteria, visibility, archived } = type;
  return (
    <li class={archived ? "line eval-type eval-away" : "line eval-type"}>
      <div class="line-main">
        <button type="button" class="eval-name" onClick={onEdit}>
          {name}
          <span class="sr-only">, edit</span>
        </button>
        <span class="line-under">
          <span class="num">
            {scoreWords(minScore)} to {scoreWords(maxScore)}
          </span>
          {passScore !== null && <span class="num"> · passes from {scoreWords(passScore)}</span>}
          {" · "}
          {visibility === "team" ? "the team alone sees results" : "the person sees their results"}
        </span>
        {criteria.length > 0 && (
          <span class="row eval-criteria">
            {criteria.map(({ key, label, weight }) => (
              <Tag key={key}>{weight === 1 ? label : `${label} ×${weight}`}</Tag>
            ))}
          </span>
        )}
      </div>
      {archived && <StatusPill tone="plain">Archived</StatusPill>}
      <Menu
        label={`Actions for ${name}`}
        trigger={<IconButton icon="ellipsis" size="s" label={`Actions for ${name}`} />}
        items={[
          { label: "Edit", icon: "pencil", onSelect: onEdit },
          archived
            ? { label: "Take it back", icon: "undo-2", onSelect: onArchive }
            : { label: "Archive…", icon: "archive", onSelect: onArchive },
        ]}
      />
    </li>
  );
}
