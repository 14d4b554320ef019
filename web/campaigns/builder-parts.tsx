import { Button, Icon, IconButton, Menu, type MenuEntry, Select } from "../ui";
import { Controls } from "./builder-controls";
import type { BuilderDesk } from "./builder-desk";
import { type Group, hasRoom, isGroup, type Join, mayGrow, type Node, type Row } from "./requirement-tree";
import { JOIN_CHOICES, KIND_ICONS, KIND_LABELS, KINDS } from "./requirement-words";

interface PartProps<T extends Node> {
  desk: BuilderDesk;
  node: T;
}

/** What a group holds. */
export function Parts({ desk, group }: { desk: BuilderDesk; group: Group }) {
  return (
    <ul class="req-parts">
      {group.parts.map((part) =>
        isGroup(part) ? (
          <GroupPart key={part.id} desk={desk} node={part} />
        ) : (
          <RowPart key={part.id} desk={desk} node={part} />
        ),
      )}
    </ul>
  );
}

function RowPart({ desk, node }: PartProps<Row>) {
  const fault = desk.faults.get(node.id);
  return (
    <li
      class={`req-row${fault ? " req-wrong" : ""}${spotClass(desk, node.id)}`}
      data-req={node.id}
      {...handlers(desk, node)}
    >
      <div class="req-line">
        <Grip desk={desk} id={node.id} />
        <Icon name={KIND_ICONS[node.draft.kind]} size={16} />
        <div class="req-sentence">
          <Controls
            draft={node.draft}
            words={desk.words}
            onChange={(change) => desk.change(node.id, change)}
          />
        </div>
        <PartMenu desk={desk} node={node} name={KIND_LABELS[node.draft.kind]} />
      </div>
      {fault && <Fault>{fault}</Fault>}
    </li>
  );
}

function GroupPart({ desk, node }: PartProps<Group>) {
  const fault = desk.faults.get(node.id);
  return (
    <li
      class={`req-group req-inner${fault ? " req-wrong" : ""}${spotClass(desk, node.id)}`}
      data-req={node.id}
      {...handlers(desk, node)}
    >
      <div class="req-line">
        <Grip desk={desk} id={node.id} />
        <div class="req-sentence">
          <span>Meets</span>
          <Select
            label="How many of this group must hold"
            hideLabel
            value={node.join}
            options={JOIN_CHOICES}
            onValue={(join) => desk.join(node.id, join as Join)}
          />
        </div>
        <PartMenu desk={desk} node={node} name="Group" />
      </div>
      {fault && <Fault>{fault}</Fault>}
      <Parts desk={desk} group={node} />
      <div class="req-foot">
        <AddMenu desk={desk} group={node} />
      </div>
    </li>
  );
}

function Fault({ children }: { children: string }) {
  return (
    <p class="field-error req-fault" role="alert">
      <Icon name="circle-alert" size={16} />
      <span>{children}</span>
    </p>
  );
}

function spotClass({ spot, dragged }: BuilderDesk, id: string): string {
  if (dragged === id) return " req-dragged";
  if (!spot) return "";
  if ("before" in spot) return spot.before === id ? " req-before" : "";
  if ("after" in spot) return spot.after === id ? " req-after" : "";
  return spot.into === id ? " req-into" : "";
}

/** Rows are moved by dragging, and by Alt with an arrow. The innermost part takes the event. */
function handlers(desk: BuilderDesk, node: Node) {
  return {
    onKeyDown: (event: KeyboardEvent) => {
      const by = event.key === "ArrowUp" ? -1 : event.key === "ArrowDown" ? 1 : 0;
      if (!by || !event.altKey || event.target instanceof HTMLSelectElement) return;
      event.preventDefault();
      event.stopPropagation();
      desk.step(node.id, by);
    },
    onDragOver: (event: DragEvent) => {
      if (!desk.dragged) return;
      event.preventDefault();
      event.stopPropagation();
      const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
      const part = (event.clientY - box.top) / box.height;
      const inner = isGroup(node) && part > 0.25 && part < 0.75;
      desk.dragOver(inner ? { into: node.id } : part > 0.5 ? { after: node.id } : { before: node.id });
    },
    onDrop: (event: DragEvent) => {
      event.preventDefault();
      event.stopPropagation();
      desk.drop();
    },
  };
}

function Grip({ desk, id }: { desk: BuilderDesk; id: string }) {
  return (
    <span
      class="req-grip"
      title="Drag to another place"
      aria-hidden="true"
      draggable
      onDragStart={(event) => {
        const row = event.currentTarget.closest("li");
        event.dataTransfer?.setData("text/plain", "requirement");
        if (row) event.dataTransfer?.setDragImage(row, 12, 20);
        // Chromium ends a drag whose element changes before it began.
        setTimeout(() => desk.drag(id));
      }}
      onDragEnd={() => desk.drag(null)}
    >
      <Icon name="grip-vertical" size={16} />
    </span>
  );
}

/** What can be done with a row or a group. */
function PartMenu({ desk, node, name }: PartProps<Node> & { name: string }) {
  const { tree } = desk;
  const items: MenuEntry[] = [
    {
      label: "Move up",
      icon: "arrow-up",
      kbd: "Alt ↑",
      disabled: !desk.canStep(node.id, -1),
      onSelect: () => desk.step(node.id, -1),
    },
    {
      label: "Move down",
      icon: "arrow-down",
      kbd: "Alt ↓",
      disabled: !desk.canStep(node.id, 1),
      onSelect: () => desk.step(node.id, 1),
    },
    ...(isGroup(node)
      ? []
      : [
          {
            label: "Put into a group with others",
            icon: "circle-plus" as const,
            disabled: !hasRoom(tree, node.id),
            onSelect: () => desk.wrap(node.id),
          },
        ]),
    { separator: true },
    {
      label: isGroup(node) ? "Remove with all that it holds" : "Remove",
      icon: "trash-2",
      danger: true,
      onSelect: () => desk.remove(node.id),
    },
  ];
  return (
    <span class="req-buttons">
      <Menu
        label={`Actions for ${name}`}
        trigger={<IconButton icon="ellipsis" size="s" label={`Actions for ${name}`} />}
        items={items}
      />
      <IconButton icon="x" size="s" label={`Remove ${name}`} onClick={() => desk.remove(node.id)} />
    </span>
  );
}

/** Adds a requirement or a group at the end of a group. */
export function AddMenu({ desk, group }: { desk: BuilderDesk; group: Group }) {
  const full = !mayGrow(desk.tree);
  const deep = !hasRoom(desk.tree, group.id, 1);
  const items: MenuEntry[] = [
    ...KINDS.map(({ kind, label, icon }) => {
      const none = kind === "evaluation" && desk.words.evaluationTypes.length === 0;
      return {
        label: none ? `${label} (none is set up yet)` : label,
        icon,
        disabled: full || none,
        onSelect: () => desk.add(group.id, kind),
      };
    }),
    { heading: "A group of several" },
    ...JOIN_CHOICES.map(({ value, label }) => ({
      label: label.charAt(0).toUpperCase() + label.slice(1),
      icon: "circle-plus" as const,
      disabled: full || deep,
      onSelect: () => desk.addGroup(group.id, value),
    })),
  ];
  return (
    <Menu
      label="What is asked"
      align="start"
      trigger={
        <Button size="s" icon="plus" class="req-add">
          Add
        </Button>
      }
      items={items}
    />
  );
}
