/** A mail's words, with `{{variables}}` that are always inserted as text. */
interface Template {
  subject: string;
  /** Paragraphs; a line that is only `[Label]({{url}})` becomes a button. */
  body: string;
}

const TEMPLATES = {
  application_received: {
    subject: "{{organization}}: we have your application for {{job}}",
    body: "Hello {{firstName}},\n\nthank you for applying for {{job}}. Your application arrived, and somebody will read it.\n\nYou need to do nothing now. We write to you as soon as there is something new.\n\n[See where I stand]({{url}})",
  },
  application_stage: {
    subject: "{{organization}}: your application for {{job}} moved on",
    body: "Hello {{firstName}},\n\nyour application for {{job}} moved on. It stands here now: {{stage}}.\n\nWe write to you when there is something for you to do.\n\n[See where I stand]({{url}})",
  },
  application_rejected: {
    subject: "{{organization}}: your application for {{job}}",
    body: "Hello {{firstName}},\n\nthank you for your interest in {{job}} and for the time that you gave us. We are sorry: we won't go on with your application this time.\n\n{{reason}}\n\nWe wish you well, and would be glad to hear from you again for another job.\n\n[See my application]({{url}})",
  },
  application_withdrawn: {
    subject: "{{organization}}: your application for {{job}} is withdrawn",
    body: "Hello {{firstName}},\n\nyour application for {{job}} is withdrawn, and nobody works on it any more. If that wasn't what you wanted, answer this mail and we look into it.\n\nThank you for your interest. You are welcome to apply for another job.\n\n[See my application]({{url}})",
  },
  offer_made: {
    subject: "{{organization}}: we would like to work with you",
    body: "Hello {{firstName}},\n\ngood news: we would like to offer you the job {{job}}. Somebody from our team will be in touch with the details.\n\nIf you have questions before that, answer this mail.\n\n[See where I stand]({{url}})",
  },
  hired_welcome: {
    subject: "Welcome to {{organization}}",
    body: "Hello {{firstName}},\n\nit is settled: the job {{job}} is yours. Congratulations, and welcome!\n\nWe write to you soon about your first days.\n\n[See where I stand]({{url}})",
  },
  application_draft: {
    subject: "{{organization}}: go on with your application for {{job}}",
    body: "Hello,\n\nhere you go on with your application for {{job}}, on this or another device. What you filled in is kept for two weeks after your last change, and nobody of the team sees it before you send it.\n\n[Go on with my application]({{url}})\n\nIf you did not begin one, do nothing: somebody mistyped their address.",
  },
  agent_stage: {
    subject: "{{organization}}: you are in {{stage}} now",
    body: "Hello {{firstName}},\n\nyou are in {{stage}} now. You can see what comes next, and since when, at any time:\n\n[See where I stand]({{url}})",
  },
  status_link: {
    subject: "{{organization}}: your link to your application for {{job}}",
    body: "Hello {{firstName}},\n\nhere is a new link to your application for {{job}}. It shows where you stand, at any time, without a password:\n\n[See where I stand]({{url}})\n\nThe link is yours alone: the browser that you open it in keeps it, and it works for 60 days. If you didn't ask for it, do nothing.",
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
  interview_times: {
    subject: "{{organization}}: choose a time for your interview",
    body: "Hello {{firstName}},\n\nwe would like to talk with you about {{job}}: {{round}}, {{mode}}, {{minutes}} minutes. Please choose the time that suits you:\n\n{{times}}\n\n{{instructions}}\n\n[Choose a time]({{url}})\n\nIf none of them suits you, answer this mail.",
  },
  interview_moved: {
    subject: "{{organization}}: please choose a new time for your interview",
    body: "Hello {{firstName}},\n\nyour interview about {{job}} can't take place on {{when}}. We are sorry for that. Please choose another time:\n\n{{times}}\n\n[Choose a time]({{url}})\n\nIf none of them suits you, answer this mail.",
  },
  interview_invitation: {
    subject: "{{organization}}: your interview about {{job}}",
    body: "Hello {{firstName}},\n\nyour interview about {{job}} ({{round}}, {{mode}}) is on:\n\n{{when}}\n\n{{where}}\n\n{{instructions}}\n\nThe file with this mail puts it into your calendar.\n\n[See my application]({{url}})",
  },
  interview_invitation_team: {
    subject: "Interview with {{name}}: {{job}}",
    body: "Hello {{firstName}},\n\nyou talk with {{name}} about {{job}} ({{round}}, {{mode}}):\n\n{{when}}\n\n{{where}}\n\nThe file with this mail puts it into your calendar.\n\n[Open the interview]({{url}})",
  },
  interview_cancelled: {
    subject: "{{organization}}: your interview about {{job}} is cancelled",
    body: "Hello {{firstName}},\n\nyour interview about {{job}} ({{round}}) is cancelled.\n\n{{when}}\n\n{{reason}}\n\nIf you have questions, answer this mail.\n\n[See my application]({{url}})",
  },
  interview_cancelled_team: {
    subject: "Cancelled: interview with {{name}}, {{job}}",
    body: "Hello {{firstName}},\n\nthe interview with {{name}} about {{job}} ({{round}}) doesn't take place, or not with you.\n\n{{when}}\n\n{{reason}}\n\n[Open the interview]({{url}})",
  },
  interview_booked: {
    subject: "{{name}} has a time for {{round}}: {{job}}",
    body: "Hello {{firstName}},\n\n{{name}} is booked for {{round}} about {{job}}, {{mode}}:\n\n{{when}}\n\n[Open the interview]({{url}})",
  },
  hiring_initiated: {
    subject: "{{name}} is to be hired: {{job}}",
    body: "Hello {{firstName}},\n\nit was decided after {{round}} to hire {{name}} for {{job}}.\n\n[Open the application]({{url}})",
  },
  document_rejected: {
    subject: "{{organization}}: your {{document}} needs another look",
    body: "Hello {{firstName}},\n\nwe could not accept your {{document}}.\n\n{{reason}}\n\n[Upload it again]({{url}})",
  },
  document_requested: {
    subject: "{{organization}} asks for your {{document}}",
    body: "Hello {{firstName}},\n\nplease upload your {{document}}. {{message}}\n\n[Upload it]({{url}})",
  },
  document_due: {
    subject: "{{organization}}: your {{document}} is due {{when}}",
    body: "Hello {{firstName}},\n\nyour {{document}} is due {{when}}, and we don't have it yet. {{message}}\n\n[Upload it]({{url}})",
  },
  document_expiring: {
    subject: "{{organization}}: your {{document}} ends {{when}}",
    body: "Hello {{firstName}},\n\nyour {{document}} counts until {{day}}. Please upload a new one before that, so that nothing closes for you.\n\n[Upload a new one]({{url}})",
  },
  document_expired: {
    subject: "{{organization}}: your {{document}} has expired",
    body: "Hello {{firstName}},\n\nyour {{document}} counted until {{day}} and has expired. What needs it is closed to you until a new one is approved.\n\n[Upload a new one]({{url}})",
  },
  onboarding_due: {
    subject: "{{organization}}: {{step}} is due {{when}}",
    body: "Hello {{firstName}},\n\na step of your onboarding is due {{when}}: {{step}}.\n\n[Do it now]({{url}})",
  },
  campaign_assigned: {
    subject: "{{organization}}: you are assigned to {{campaign}}",
    body: "Hello {{firstName}},\n\nyou are assigned to {{campaign}}. The day that you begin, and all else to know, stands in your portal.\n\n{{reason}}\n\n[Open the campaign]({{url}})",
  },
  campaign_waitlisted: {
    subject: "{{organization}}: you are on the waiting list of {{campaign}}",
    body: "Hello {{firstName}},\n\nyou are on the waiting list of {{campaign}}: all of its seats are taken. We write to you as soon as one is yours.\n\n{{reason}}\n\n[Open the campaign]({{url}})",
  },
  campaign_rejected: {
    subject: "{{organization}}: your application to {{campaign}}",
    body: "Hello {{firstName}},\n\nthank you for applying to {{campaign}}. We are sorry: it will not be you this time.\n\n{{reason}}\n\n[See other campaigns]({{url}})",
  },
  campaign_completed: {
    subject: "{{organization}}: you completed {{campaign}}",
    body: "Hello {{firstName}},\n\nyou completed {{campaign}}. Thank you for your work!\n\n{{reason}}\n\n[Open the campaign]({{url}})",
  },
  campaign_unassigned: {
    subject: "{{organization}}: you no longer work for {{campaign}}",
    body: "Hello {{firstName}},\n\nyou are no longer assigned to {{campaign}}.\n\n{{reason}}\n\nIf you have questions, answer this mail.\n\n[Open the campaign]({{url}})",
  },
  job_posted: {
    subject: "New job at {{client}}: {{job}}",
    body: "Hello {{firstName}},\n\nthere is a new job: {{job}}, at {{client}}.\n\n[Open the job]({{url}})",
  },
  selection: {
    subject: "{{organization}}: you have been selected",
    body: "Hello {{firstName}},\n\nwe are glad to tell you that you have been selected{{forJob}}. You can see where you stand, and what comes next, at any time:\n\n[See where I stand]({{url}})",
  },
  webhook_off: {
    subject: "{{organization}}: events are no longer sent to {{host}}",
    body: "Hello {{firstName}},\n\n{{why}} So events are no longer sent there:\n\n{{address}}\n\nNothing is lost: what was not delivered can be sent again for 30 days, once the receiver works and you have turned the endpoint on.\n\n[Look at the endpoint]({{url}})",
  },
  portal_credentials: {
    subject: "Your account at {{organization}}",
    body: "Hello {{firstName}},\n\n{{organization}} made an account for you. Log in with your address and this first password, which you change then:\n\nE-mail: {{email}}\n\nPassword: {{password}}\n\n[Log in]({{url}})",
  },
  portal_new_password: {
    subject: "Your new password at {{organization}}",
    body: "Hello {{firstName}},\n\n{{organization}} gave your account a new first password. Log in with it, and choose one of your own then. You were logged out everywhere.\n\nE-mail: {{email}}\n\nPassword: {{password}}\n\n[Log in]({{url}})",
  },
} as const satisfies Record<string, Template>;
export type TemplateName = keyof typeof TEMPLATES;

/** The mails that a stage can send, by what they are for. The others carry links that a stage can't make. */
const STAGE_MAIL_NAMES = {
  application_received: "We have your application",
  application_stage: "Your application moved on",
  application_rejected: "We won't go on with your application",
  application_withdrawn: "Your application is withdrawn",
  offer_made: "We would like to offer you the job",
  hired_welcome: "Welcome",
  agent_stage: "You are in another stage of the agent pool",
} as const satisfies Partial<Record<TemplateName, string>>;
type StageMail = keyof typeof STAGE_MAIL_NAMES;
export const STAGE_MAILS = Object.keys(STAGE_MAIL_NAMES) as StageMail[];

/** True for a mail that a stage, or the team by hand, can send to somebody. */
export function isStageMail(name: string): name is StageMail {
  return Object.hasOwn(STAGE_MAIL_NAMES, name);
}

/** The mails that a stage can send, with their words as they are written, variables and all. */
export function stageMails(): { key: string; name: string; subject: string; text: string }[] {
  return STAGE_MAILS.map((key) => ({
    key,
    name: STAGE_MAIL_NAMES[key],
    subject: TEMPLATES[key].subject,
    text: TEMPLATES[key].body,
  }));
}

/** True for a mail with a button that leads its reader to a page of theirs. */
export function leadsSomewhere(name: string): boolean {
  return isTemplate(name) && TEMPLATES[name].body.includes("{{url}}");
}

/** True for a template that exists. */
export function isTemplate(name: string): name is TemplateName {
  return Object.hasOwn(TEMPLATES, name);
}

const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);

/** Inserts values for `{{variables}}`; one that nobody knows comes out empty. */
export const fill = (text: string, values: Record<string, string>) =>
  text.replace(/\{\{(\w+)\}\}/g, (_, key: string) => values[key] ?? "");

/** A header can't be broken into two by a name with a line break in it. */
const oneLine = (text: string) =>
  text
    .replace(/[\r\n]+/g, " ")
    .trim()
    .slice(0, 200);

/**
 * The mail of a template. Values are inserted as text in both parts, so nobody's name can bring markup.
 * Paragraphs that come out empty, and buttons without an address, are left out.
 */
export function render(name: TemplateName, values: Record<string, string>) {
  const { subject, body } = TEMPLATES[name];
  const paragraphs = body.split("\n\n").flatMap((part) => {
    const button = /^\[(.+)\]\((.+)\)$/.exec(part);
    const label = button ? fill(button[1] ?? "", values) : "";
    const url = button ? fill(button[2] ?? "", values) : "";
    const words = fill(part, values).trim();
    // A reason that nobody gave, a button that leads nowhere.
    if (button ? url === "" : words === "") return [];
    return button
      ? {
          text: `${label}: ${url}`,
          html: `<p><a href="${escapeHtml(url)}" style="display:inline-block;padding:12px 20px;border-radius:6px;background:#14695c;color:#ffffff;text-decoration:none">${escapeHtml(label)}</a></p>`,
        }
      : { text: words, html: `<p>${escapeHtml(words)}</p>` };
  });
  return {
    subject: oneLine(fill(subject, values)),
    text: `${paragraphs.map((part) => part.text).join("\n\n")}\n`,
    html: `<!doctype html><html lang="en"><body style="margin:0;background:#f6f5f1;font:16px/1.5 system-ui,sans-serif;color:#1d2321"><div style="max-width:34rem;margin:0 auto;padding:32px 24px">${paragraphs.map((part) => part.html).join("")}<hr style="border:0;border-top:1px solid #d8d6cf"><p style="font-size:14px;color:#5b625f">${escapeHtml(values.organization ?? "")}</p></div></body></html>`,
  };
}
