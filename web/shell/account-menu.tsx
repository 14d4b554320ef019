import { useLocation } from "preact-iso";
import type { Me } from "../../worker/features/users/schema";
import { errorText } from "../lib/client";
import { logout } from "../lib/session";
import { Avatar, Menu, type MenuEntry, toast } from "../ui";
import { setTheme, type Theme, theme } from "./theme";

const LOOKS: { key: Theme; label: string; icon: "sun-moon" | "sun" | "moon" }[] = [
  { key: "system", label: "As the system", icon: "sun-moon" },
  { key: "light", label: "Light", icon: "sun" },
  { key: "dark", label: "Dark", icon: "moon" },
];

/** Who is logged in, the account, the look, and the way out. */
export function AccountMenu({ person }: { person: Me }) {
  const { route } = useLocation();
  const leave = async () => {
    try {
      await logout();
      route("/login");
    } catch (error) {
      toast({ text: `You are still logged in. ${errorText(error)}`, tone: "bad" });
    }
  };
  const items: MenuEntry[] = [
    { label: "Account and sessions", icon: "circle-user", href: "/account" },
    { label: "Notifications", icon: "bell", href: "/notifications" },
    { heading: "Look" },
    ...LOOKS.map(({ key, label, icon }) => ({
      label,
      icon,
      checked: theme.value === key,
      onSelect: () => setTheme(key),
    })),
    { separator: true },
    { label: "Log out", icon: "log-out", onSelect: leave },
  ];
  return (
    <Menu
      label="Account"
      items={items}
      head={
        <>
          <div class="menu-name">{person.name}</div>
          <div class="menu-mail">{person.email}</div>
        </>
      }
      trigger={
        <button
          type="button"
          class="button button-plain button-icon"
          aria-label={`Account of ${person.name}`}
        >
          <Avatar name={person.name} id={person.id} size={28} />
        </button>
      }
    />
  );
}
