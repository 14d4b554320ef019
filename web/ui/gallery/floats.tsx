import { useState } from "preact/hooks";
import { Button, Dialog, Menu, Popover, SidePanel, TextArea, toast } from "..";
import { Sample } from "./sample";

/** What lies over the page for a while. */
export function FloatSamples() {
  const [open, setOpen] = useState<"dialog" | "panel" | "beside" | null>(null);
  const close = () => setOpen(null);
  return (
    <div class="samples">
      <Sample name="Floating">
        <div class="row">
          <Button onClick={() => setOpen("dialog")}>Dialog</Button>
          <Button onClick={() => setOpen("panel")}>Side panel</Button>
          <Button onClick={() => setOpen("beside")}>Side panel beside the page</Button>
          <Menu
            label="Actions"
            align="start"
            trigger={<Button iconEnd="chevron-down">Menu</Button>}
            items={[
              { heading: "Person" },
              { label: "Move to another stage", icon: "move-right", kbd: "m" },
              { label: "Mail", icon: "mail", kbd: "e" },
              { label: "Only active ones", checked: true },
              { label: "Not possible now", icon: "tag", disabled: true },
              { separator: true },
              { label: "Remove", icon: "trash-2", danger: true },
            ]}
          />
          <Popover label="Sample" align="start" width="18rem" trigger={<Button>Popover</Button>}>
            <p class="popover-sample">A small panel beside what opened it.</p>
          </Popover>
        </div>
        <div class="row">
          <Button onClick={() => toast("Saved.")}>Toast</Button>
          <Button onClick={() => toast({ text: "Ada is in Screening now.", tone: "good", undo: () => {} })}>
            Toast with undo
          </Button>
          <Button onClick={() => toast({ text: "Bo was moved by Chris a moment ago.", tone: "warn" })}>
            Warning
          </Button>
          <Button
            onClick={() =>
              toast({
                text: "Ada could not be moved. You are offline.",
                tone: "bad",
                seconds: 0,
                action: { label: "Try again", run: () => {} },
              })
            }
          >
            Trouble
          </Button>
        </div>
      </Sample>
      <Dialog
        open={open === "dialog"}
        onClose={close}
        title="Reject this document?"
        actions={
          <>
            <Button onClick={close}>Cancel</Button>
            <Button variant="primary" onClick={close}>
              Reject
            </Button>
          </>
        }
      >
        <TextArea label="Why" hint="The agent reads it and can mend the document." />
      </Dialog>
      <SidePanel
        open={open === "panel" || open === "beside"}
        modal={open === "panel"}
        onClose={close}
        title="Ada Park"
        actions={
          <Button size="s" icon="mail">
            Mail
          </Button>
        }
      >
        <p>What is known about a person.</p>
      </SidePanel>
    </div>
  );
}
