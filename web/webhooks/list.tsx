import { Page } from "../ui";
/** Soon. */
export default function Screen() { return <Page title="Endpoints" width="full" />; }
