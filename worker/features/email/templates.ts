/** A mail's words, with `{{variables}}` that are always inserted as text. */
interface Template {
  subject: string;
  /** Paragraphs; a line that is only `[Label]({{url}})` becomes a button. */
  body: string;
}

const TEMPLATES = {
  agent_stage: {
    subject: "{{organization}}: you are in {{stage}} now",
    body: "Hello {{firstName}},\n\nyou are in {{stage}} now. You can see what comes next, and since when, at any time:\n\n[See where I stand]({{url}})",
  },
  verify_email: {
    subject: "Confirm your e-mail address for {{organization}}",
    body: "Hello {{firstName}},\n\nplease confirm that this address is yours. You can go on working until you do.\n\n[Confirm my address]({{url}})\n\nThe link works once and for two days. If you didn't register, do nothing.",
  },
  password_reset: {
    subject: "Choose a new password for {{organization}}",
    body: "Hello {{firstName}},\n\nsomebody asked for a new password for this address. If it was you, choose one here:\n\n[Choose a new password]({{url}})\n\nThe link works once and for 30 minutes. If it wasn't you, do nothing: your password stays as it is.",
  },
  invitation: {
    subject: "{{inviter}} invites you to {{organization}}",
    body: "Hello {{firstName}},\n\n{{inviter}} made an account for you at {{organization}}. Choose a password to begin:\n\n[Choose my password]({{url}})\n\nThe link works once and for seven days.",
  },
  document_rejected: {
    subject: "{{organization}}: your {{document}} needs another look",
    body: "Hello {{firstName}},\n\nwe could not accept your {{document}}.\n\n{{reason}}\n\n[Upload it again]({{url}})",
  },
  document_requested: {
    subject: "{{organization}} asks for your {{document}}",
    body: "Hello {{firstName}},\n\nplease upload your {{document}}. {{message}}\n\n[Upload it]({{url}})",
  },
} as const satisfies Record<string, Template>;
export type TemplateName = keyof typeof TEMPLATES;

/** True for a template that exists. */
export function isTemplate(name: string): name is TemplateName {
  return Object.hasOwn(TEMPLATES, name);
}

const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);

const fill = (text: string, values: Record<string, string>) =>
  text.replace(/\{\{(\w+)\}\}/g, (_, key: string) => values[key] ?? "");

/** A header can't be broken into two by a name with a line break in it. */
const oneLine = (text: string) =>
  text
    .replace(/[\r\n]+/g, " ")
    .trim()
    .slice(0, 200);

/**
 * The mail of a template. Values are inserted as text in both parts, so nobody's name can bring markup.
 */
export function render(name: TemplateName, values: Record<string, string>) {
  const { subject, body } = TEMPLATES[name];
  const paragraphs = body.split("\n\n").map((part) => {
    const button = /^\[(.+)\]\((.+)\)$/.exec(part);
    const label = button ? fill(button[1] ?? "", values) : "";
    const url = button ? fill(button[2] ?? "", values) : "";
    return button
      ? {
          text: `${label}: ${url}`,
          html: `<p><a href="${escapeHtml(url)}" style="display:inline-block;padding:12px 20px;border-radius:6px;background:#14695c;color:#ffffff;text-decoration:none">${escapeHtml(label)}</a></p>`,
        }
      : { text: fill(part, values).trim(), html: `<p>${escapeHtml(fill(part, values).trim())}</p>` };
  });
  return {
    subject: oneLine(fill(subject, values)),
    text: `${paragraphs.map((part) => part.text).join("\n\n")}\n`,
    html: `<!doctype html><html lang="en"><body style="margin:0;background:#f6f5f1;font:16px/1.5 system-ui,sans-serif;color:#1d2321"><div style="max-width:34rem;margin:0 auto;padding:32px 24px">${paragraphs.map((part) => part.html).join("")}<hr style="border:0;border-top:1px solid #d8d6cf"><p style="font-size:14px;color:#5b625f">${escapeHtml(values.organization ?? "")}</p></div></body></html>`,
  };
}
