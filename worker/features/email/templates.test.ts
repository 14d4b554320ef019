import { expect, it } from "vitest";
import { render } from "./templates";

const values = {
  firstName: "<b>Ada</b>",
  organization: "Acme & Sons\r\nBcc: x@example.com",
  stage: "Screening",
  url: "https://portico.test/home?a=1&b=2",
};

it("inserts values as text, so that a name brings no markup", () => {
  const { html, text } = render("agent_stage", values);
  expect(html).not.toContain("<b>Ada");
  expect(html).toContain("&#60;b&#62;Ada");
  expect(text).toContain("<b>Ada</b>");
});

it("keeps the subject on one line, so that it breaks into no second header", () => {
  expect(render("agent_stage", values).subject).toBe(
    "Acme & Sons Bcc: x@example.com: you are in Screening now",
  );
});

it("turns a link into a button and keeps it readable as text", () => {
  const { html, text } = render("agent_stage", values);
  expect(html).toContain('href="https://portico.test/home?a=1&#38;b=2"');
  expect(text).toContain("See where I stand: https://portico.test/home?a=1&b=2");
});
