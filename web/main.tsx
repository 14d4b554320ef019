import { render } from "preact";
import "./ui/index.css";
import "./shell/shell.css";
import "./account/account.css";
import "./agent/agent.css";
import { App } from "./shell/app";
import { watchTheme } from "./shell/theme";
import { showToasts } from "./ui";

watchTheme();
showToasts();
const root = document.getElementById("app");
if (root) render(<App />, root);
