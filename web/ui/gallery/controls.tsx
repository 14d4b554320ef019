import { useState } from "preact/hooks";
import {
  Button,
  Checkbox,
  FileDrop,
  IconButton,
  Kbd,
  PasswordField,
  Select,
  Tabs,
  TagField,
  TextArea,
  TextField,
} from "..";
import { Sample } from "./sample";

const VARIANTS = ["primary", "quiet", "plain", "danger"] as const;
const OPTIONS = [
  { value: "w9", label: "W-9" },
  { value: "nda", label: "NDA" },
  { value: "old", label: "Withdrawn form", disabled: true },
];

/** What one presses and fills in. */
export function ControlSamples() {
  const [skills, setSkills] = useState(["Spanish support", "Zendesk"]);
  const [tab, setTab] = useState("all");
  return (
    <div class="samples">
      <Sample name="Button">
        {VARIANTS.map((variant) => (
          <div class="row" key={variant}>
            <Button variant={variant}>{variant}</Button>
            <Button variant={variant} icon="upload">
              With icon
            </Button>
            <Button variant={variant} busy>
              Busy
            </Button>
            <Button variant={variant} disabled>
              Disabled
            </Button>
          </div>
        ))}
        <div class="row">
          <Button size="s">Small</Button>
          <Button size="m">Middle</Button>
          <Button size="l">Large</Button>
          <Button href="#button" iconEnd="arrow-right">
            A link
          </Button>
        </div>
        <div class="row">
          <IconButton icon="ellipsis" label="More" />
          <IconButton icon="bell" label="Notifications, 3 unread" count={3} />
          <IconButton icon="bell" label="Notifications, more than 99 unread" count={120} />
          <IconButton icon="x" label="Close" size="s" />
          <Kbd>j</Kbd>
          <Kbd>Shift</Kbd>
        </div>
      </Sample>
      <Sample name="Field">
        <TextField label="Name" value="Ada Park" hint="As you write it." />
        <TextField label="City" optional placeholder="Where you live" />
        <TextField
          label="E-mail address"
          value="ada@"
          error="Write an e-mail address like name@example.com."
        />
        <TextField label="Account" value="agent@acme.test" readOnly />
        <TextField label="Closed" value="Can’t be changed now" disabled />
        <TextField label="Pay" before="USD" after="an hour" value="24.00" inputMode="decimal" />
        <PasswordField label="Password" value="portico-demo-1" autoComplete="off" />
      </Sample>
      <Sample name="Select and others">
        <Select label="Type" options={OPTIONS} value="nda" />
        <Select label="Nothing chosen" options={OPTIONS} placeholder="Choose" error="Choose a type." />
        <Select label="Closed" options={OPTIONS} value="w9" disabled />
        <TextArea label="Reason" hint="The agent reads it." value="The signature on page 2 is missing." />
        <TextArea label="Note" error="Say why, so that the person can mend it." />
        <TagField label="Skills" values={skills} onValues={setSkills} hint="Write one and press Enter." />
        <Checkbox label="Asked of every agent" checked hint="New agents see it as their next step." />
        <Checkbox label="Not ticked" />
        <Checkbox label="Closed" disabled />
      </Sample>
      <Sample name="File drop">
        <FileDrop label="W-9" hint="PDF, Word, PNG, JPEG or text, up to 10 MB." onFile={() => {}} />
        <FileDrop
          label="NDA"
          sending={{ fileName: "nda-signed.pdf", fraction: 0.42 }}
          onFile={() => {}}
          onCancel={() => {}}
        />
        <FileDrop label="Checked" sending={{ fileName: "w9.pdf", fraction: 1 }} onFile={() => {}} />
        <FileDrop
          label="Refused"
          error="w9.exe is of a kind that can’t be taken. Use PDF, Word, PNG, JPEG or text."
          onFile={() => {}}
        />
        <FileDrop label="One line" compact onFile={() => {}} />
        <FileDrop label="Closed" compact disabled onFile={() => {}} />
      </Sample>
      <Sample name="Tabs">
        <Tabs
          label="Documents"
          current={tab}
          onChange={setTab}
          tabs={[
            { key: "all", label: "All", count: 24 },
            { key: "pending", label: "In review", count: 7 },
            { key: "rejected", label: "Rejected" },
          ]}
        >
          <p class="tab-sample">What the tab “{tab}” shows.</p>
        </Tabs>
      </Sample>
    </div>
  );
}
