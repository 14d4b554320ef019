import { setShortcutsOn, shortcutGroups, shortcutsOn } from "../lib/keys";
import { Checkbox, Dialog, Kbd } from "../ui";

const NAMES: Record<string, string> = {
  Escape: "Esc",
  ArrowDown: "↓",
  ArrowUp: "↑",
  ArrowLeft: "←",
  ArrowRight: "→",
};

/** The keys that work on this screen, and the switch that turns single keys off. */
export function ShortcutHelp({ open, onClose }: { open: boolean; onClose: () => void }) {
  return (
    <Dialog open={open} onClose={onClose} title="Keyboard shortcuts">
      <div class="stack keys">
        {shortcutGroups.value.map((group) => {
          const rows = new Map<string, string[]>();
          for (const { key, label } of group.shortcuts) {
            if (label) rows.set(label, [...(rows.get(label) ?? []), NAMES[key] ?? key]);
          }
          return (
            <section key={group.title}>
              <h3>{group.title}</h3>
              <dl class="keys-list">
                {[...rows].map(([label, keys]) => (
                  <div key={label}>
                    <dt>
                      {keys.map((key) => (
                        <Kbd key={key}>{key}</Kbd>
                      ))}
                    </dt>
                    <dd>{label}</dd>
                  </div>
                ))}
              </dl>
            </section>
          );
        })}
        <Checkbox
          label="Single keys act"
          hint="Turn this off if you dictate, or if keys are pressed by accident. Arrow keys, Enter and Esc go on working."
          checked={shortcutsOn.value}
          onChecked={setShortcutsOn}
        />
      </div>
    </Dialog>
  );
}
