import { useState } from "preact/hooks";
import type { Organization } from "../../worker/features/organizations/schema";
import { LOGO_TYPES, MAX_LOGO_BYTES } from "../../worker/features/organizations/words";
import { del, errorText, get, put } from "../lib/client";
import { Button, FileDrop, toast } from "../ui";

interface Props {
  organization: Organization;
  /** Told of the organization as it is with another logo, or with none. */
  onSaved: (organization: Organization) => void;
}

/** The organization's logo: saved as soon as it is chosen. */
export function LogoField({ organization, onSaved }: Props) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const { logo } = organization.brand;

  const run = async (work: () => Promise<void>) => {
    setBusy(true);
    setError(null);
    try {
      await work();
    } catch (problem) {
      setError(errorText(problem));
    }
    setBusy(false);
  };
  const send = (file: File) =>
    run(async () => {
      if (file.size > MAX_LOGO_BYTES) {
        setError("This picture has more than 512 kB. Make it smaller and try again.");
        return;
      }
      onSaved(await put<Organization>("/api/organization/logo", file));
      toast({ text: "The logo is on the careers pages now.", tone: "good" });
    });
  const remove = () =>
    run(async () => {
      await del("/api/organization/logo");
      onSaved(await get<Organization>("/api/organization"));
      toast({ text: "The logo is gone. The name stands in its place.", tone: "good" });
    });

  return (
    <div class="stack">
      <h3>Logo</h3>
      {logo && (
        <div class="branding-logo">
          <img src={logo} alt={`Logo of ${organization.name}`} />
          <Button size="s" icon="trash-2" busy={busy} onClick={() => void remove()}>
            Remove
          </Button>
        </div>
      )}
      <FileDrop
        label="Logo"
        compact
        camera={false}
        accept={LOGO_TYPES.join(",")}
        action={logo ? "Choose another" : "Choose a picture"}
        hint="PNG or JPEG, 512 kB at most. It stands in place of the name, 36 pixels high."
        disabled={busy}
        error={error}
        onFile={(file) => void send(file)}
      />
    </div>
  );
}
