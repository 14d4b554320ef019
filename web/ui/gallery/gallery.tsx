import "./gallery.css";
import { useState } from "preact/hooks";
import { setTheme, theme } from "../../shell/theme";
import { Page, Tabs } from "..";
import { ContentSamples } from "./content";
import { ControlSamples } from "./controls";
import { FloatSamples } from "./floats";

const MOODS = [
  { key: "portal", label: "Portal" },
  { key: "ats", label: "ATS" },
];
const THEMES = [
  { key: "system", label: "System" },
  { key: "light", label: "Light" },
  { key: "dark", label: "Dark" },
] as const;

/** Every component in every state, for eyes and for the browser tests that photograph it. */
export default function Gallery() {
  const [mood, setMood] = useState(new URLSearchParams(location.search).get("mood") ?? "portal");
  return (
    <main id="main" data-mood={mood} class="gallery">
      <Page title="Components" lead="Every part of the design system in every state." width="full">
        <div class="row gallery-switch">
          <Tabs label="Mood" tabs={MOODS} current={mood} onChange={setMood} />
          <Tabs
            label="Look"
            tabs={THEMES}
            current={theme.value}
            onChange={(key) => setTheme(THEMES.find((one) => one.key === key)?.key ?? "system")}
          />
        </div>
        <ControlSamples />
        <ContentSamples />
        <FloatSamples />
      </Page>
    </main>
  );
}
