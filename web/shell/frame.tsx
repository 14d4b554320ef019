import type { AnyComponent, ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import type { Me } from "../../worker/features/users/schema";
import { Icon, type IconName, Mark, Menu, type MenuEntry } from "../ui";
import { HOME, TEAM } from "./access";
import { AccountMenu } from "./account-menu";
import { Bell } from "./bell";
import { LiveBanner } from "./live-banner";
import { NAVIGATION, type NavItem } from "./navigation";

/** What stands around every screen of somebody who is logged in. */
export function Frame({ person, children }: { person: Me; children: ComponentChildren }) {
  const { path, route } = useLocation();
  const mine = NAVIGATION.filter((item) => item.roles.includes(person.role));
  const bar = mine.filter((item) => !item.under);
  const menus = [...new Set(mine.flatMap((item) => item.under ?? []))];
  const more = mine.filter((item) => item.more);
  const here = [...mine]
    .sort((one, other) => other.href.length - one.href.length)
    .find((item) => path === item.href || path.startsWith(`${item.href}/`));
  const entries = (items: readonly NavItem[]): MenuEntry[] =>
    items.flatMap((item) => [
      ...(item.heading ? [{ heading: item.heading }] : []),
      { label: item.label, icon: item.icon, onSelect: () => route(item.href) },
    ]);
  return (
    <div class="frame">
      <a class="skip" href="#main">
        Skip to the content
      </a>
      <header class="bar">
        <a class="bar-home" href={HOME} aria-label={`Portico, ${person.organization.name}`}>
          <Mark size={22} />
          <span class="bar-org">{person.organization.name}</span>
        </a>
        <nav class="bar-nav" aria-label="Main">
          {bar.map((item) => (
            <a
              key={item.href}
              class={item.more ? "bar-link bar-wide" : "bar-link"}
              href={item.href}
              aria-current={item === here ? "page" : undefined}
            >
              <Icon name={item.icon} size={20} />
              <span>{item.label}</span>
            </a>
          ))}
          {menus.map((name) => (
            <BarMenu
              key={name}
              label={name}
              icon="settings"
              on={more.length > 0 ? "wide" : "all"}
              here={here?.under === name}
              items={entries(mine.filter((item) => item.under === name))}
            />
          ))}
          {more.length > 0 && (
            <BarMenu
              label="More"
              icon="menu"
              on="short"
              here={here?.more || here?.under !== undefined}
              items={[
                ...entries(more),
                ...menus.flatMap((name) => [
                  { heading: name },
                  ...entries(mine.filter((item) => item.under === name)),
                ]),
              ]}
            />
          )}
        </nav>
        <div class="bar-end">
          <Bell person={person} />
          <AccountMenu person={person} />
        </div>
      </header>
      <LiveBanner />
      <main id="main" class="main" tabIndex={-1}>
        {children}
      </main>
      {TEAM.includes(person.role) && !path.startsWith("/pool") && <FindAnywhere />}
    </div>
  );
}

interface BarMenuProps {
  label: string;
  icon: IconName;
  /** The bars that it stands in: all, those of wide windows, or the short ones. */
  on: "all" | "wide" | "short";
  here?: boolean;
  items: readonly MenuEntry[];
}

/** A menu of screens in the bar. */
function BarMenu({ label, icon, on, here, items }: BarMenuProps) {
  return (
    <Menu
      label={label}
      align="start"
      trigger={
        <button type="button" class={`bar-link bar-${on}${here ? " bar-link-here" : ""}`}>
          <Icon name={icon} size={20} />
          <span>{label}</span>
        </button>
      }
      items={items}
    />
  );
}

/** What finds a person by one key; the board and the list have their own field for it. */
function FindAnywhere() {
  const [Find, setFind] = useState<AnyComponent | null>(null);
  useEffect(() => {
    import("../recruiter/find-person").then(
      (loaded) => setFind(() => loaded.default),
      // Without it one finds people on the board.
      () => {},
    );
  }, []);
  return Find && <Find />;
}
