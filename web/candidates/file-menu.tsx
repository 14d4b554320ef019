import { useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { errorText, withQuery } from "../lib/client";
import { mediaSignal } from "../lib/media";
import { saveFrom } from "../lib/save-file";
import { Button, Menu, toast } from "../ui";
import { type Filters, filterCount } from "./filter";

const narrow = mediaSignal("(max-width: 40rem)");

/** Saves those who are listed as a file; beside it stands the way to take a file in. */
export function FileMenu({ filters }: { filters: Filters }) {
  const { route } = useLocation();
  const [busy, setBusy] = useState(false);
  const save = async (format: "csv" | "json") => {
    setBusy(true);
    try {
      await saveFrom(withQuery("/api/candidates/export", { ...filters, format }), `candidates.${format}`);
    } catch (error) {
      toast({ text: `The file could not be made. ${errorText(error)}`, tone: "warn" });
    }
    setBusy(false);
  };
  const who = filterCount(filters) > 0 ? "Those who match" : "Everybody";
  const into = () => route("/candidates/import");
  return (
    <>
      <Menu
        label={narrow.value ? "Files" : "Export"}
        trigger={
          <Button icon={narrow.value ? "ellipsis" : "download"} busy={busy}>
            {narrow.value ? "Files" : "Export"}
          </Button>
        }
        items={[
          ...(narrow.value ? [{ label: "Import a file", icon: "upload" as const, onSelect: into }] : []),
          { label: `${who} as CSV`, icon: "download", onSelect: () => void save("csv") },
          { label: `${who} as JSON`, icon: "download", onSelect: () => void save("json") },
        ]}
      />
      {!narrow.value && (
        <Button icon="upload" href="/candidates/import">
          Import
        </Button>
      )}
    </>
  );
}
