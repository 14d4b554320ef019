import type { AnyComponent, ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import type { Me } from "../../worker/features/users/schema";
import { Icon, Mark, Menu } from "../ui";
import { homeOf, TEAM } from "./access";
import { AccountMenu } from "./account-menu";
import { Bell } from "./bell";
import { LiveBanner } from "./live-banner";
import { NAVIGATION } from "./navigation";

/** What stands around every screen of somebody who is logged in. */
export function Frame({ person, children }: { person: Me; children: ComponentChildren }) {
  const { path, route } = useLocation();
  const mine = NAVIGATION.filter((item) => item.roles.includes(person.role));
  const bar = mine.filter((item) => !item.under);
  const menus = [...new Set(mine.flatMap((item) => item.under ?? []))];
  const here = [...mine]
    .sort((one, other) => other.href.length - one.href.length)
    .find((item) => path === item.href || path.startsWith(`${item.href}/`));
  return (
    <div class="frame">
      <a class="skip" href="#main">
        Skip to the content
      </a>
      <header class="bar">
        <a class="bar-home" href={homeOf(person)} aria-label={`Portico, ${person.organization.name}`}>
          <Mark size={22} />
          <span class="bar-org">{person.organization.name}</span>
        </a>
        <nav class="bar-nav" aria-label="Main">
          {bar.map((item) => (
            <a
              key={item.href}
              class="bar-link"
              href={item.href}
              aria-current={item === here ? "page" : undefined}
            >
              <Icon name={item.icon} size={20} />
              <span>{item.label}</span>
            </a>
          ))}
          {menus.map((name) => (
            <Menu
              key={name}
              label={name}
              align="start"
              trigger={
                <button type="button" class={here?.under === name ? "bar-link bar-link-here" : "bar-link"}>
                  <Icon name="settings" size={20} />
                  <span>{name}</span>
                </button>
              }
              items={mine
                .filter((item) => item.under === name)
                .map((item) => ({ label: item.label, icon: item.icon, onSelect: () => route(item.href) }))}
            />
          ))}
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
