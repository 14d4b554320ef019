import careers from "../../../web/careers/careers.css";
import base from "../../../web/ui/base.css";
import button from "../../../web/ui/button.css";
import field from "../../../web/ui/field.css";
import tokens from "../../../web/ui/tokens.css";

/** A style sheet without what only its authors need. */
function small(css: string): string {
  return css
    .replace(/\/\*[\s\S]*?\*\//g, "")
    .replace(/\s+/g, " ")
    .replace(/\s*([{};,])\s*/g, "$1")
    .replace(/;}/g, "}")
    .trim();
}

/** The style of every public page. It stands in the page: nothing has to be fetched before it is read. */
export const PUBLIC_STYLE = small([tokens, base, button, field, careers].join("\n"));
