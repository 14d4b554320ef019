import { accentOf, contrast } from "../careers/accent";
import type { Form } from "../lib/form";
import { Button, Field } from "../ui";
import { type Fields, isColour } from "./branding-fields";

const OURS = "#1f7a6d";
/** What text in the colour stands on, light and dark. */
const PAPER = ["#f9f8f4", "#252a29"] as const;

/** The organization's colour, and what becomes of it so that everybody can read it. */
export function ColourField({ form }: { form: Form<Fields> }) {
  const colour = form.values["brand.accent"];
  const known = isColour(colour);
  return (
    <Field
      label="Colour"
      optional
      hint="For buttons and links on the careers pages and in the portal of candidates and agents."
      error={form.errors["brand.accent"]}
    >
      {(control) => (
        <div>
          <div class="row accent">
            <input
              type="color"
              class="accent-pick"
              aria-label="Pick the colour"
              value={known ? colour.trim() : OURS}
              onInput={(event) => form.set("brand.accent", event.currentTarget.value)}
            />
            <div class="control">
              <input
                {...control}
                type="text"
                name="brand.accent"
                placeholder={OURS}
                spellcheck={false}
                value={colour}
                onInput={(event) => form.set("brand.accent", event.currentTarget.value)}
              />
            </div>
            {colour && (
              <Button variant="plain" onClick={() => form.set("brand.accent", "")}>
                Use Portico’s
              </Button>
            )}
          </div>
          {known && <Shades colour={colour.trim().toLowerCase()} />}
        </div>
      )}
    </Field>
  );
}

function Shades({ colour }: { colour: string }) {
  const { accent, ink } = accentOf(colour);
  const changed = [
    accent[0] !== colour && "darker on light pages",
    accent[1] !== colour && "lighter on dark ones",
  ];
  const how = changed.filter(Boolean).join(" and ");
  return (
    <div aria-live="polite">
      <div class="branding-shades">
        {(["Light", "Dark"] as const).map((mode, at) => (
          <span key={mode} class="branding-shade" style={{ background: accent[at], color: ink[at] }}>
            {mode}: {accent[at]}, contrast {contrast(accent[at] ?? "", PAPER[at] ?? "").toFixed(1)}
          </span>
        ))}
      </div>
      <p class="field-hint">
        {how === ""
          ? "It can be read everywhere as it is."
          : `It is made ${how}, so that everybody can read it.`}
      </p>
    </div>
  );
}
