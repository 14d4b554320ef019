import type { Desk } from "./desk";

export interface PanelContentProps {
  desk: Desk;
  personId: string;
}

/** Moves whoever is open; they may stand below the cards that are loaded. */
export function mover(
  { desk, personId }: PanelContentProps,
  read: { name: string; stage: string } | undefined,
) {
  return (to?: string) => {
    const who = desk.who(personId) ?? (read && { personId, ...read });
    if (!who) return;
    if (to) desk.move(who, to);
    else desk.ask(who);
  };
}
