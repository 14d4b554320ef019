import { useState } from "preact/hooks";
import { errorText, withQuery } from "../lib/client";
import { saveFrom } from "../lib/save-file";
import { Button, Menu, toast } from "../ui";
import { type Filters, filterCount } from "./filter";

/** Saves those who are listed as a file. */
export function ExportMenu({ filters }: { filters: Filters }) {
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
  return (
    <Menu
      label="Export"
      trigger={
        <Button icon="download" busy={busy}>
          Export
        </Button>
      }
      items={[
        { label: `${who} as CSV`, icon: "file-text", onSelect: () => void save("csv") },
        { label: `${who} as JSON`, icon: "file-text", onSelect: () => void save("json") },
      ]}
    />
  );
}
