/** What a field asks for, as far as it can be judged before sending. */
export interface Asked {
  kind: "text" | "email" | "phone" | "number" | "date" | "links" | "choice" | "consent" | "file";
  required: boolean;
  label: string;
}

const EMAIL = /^[^\s@,;<>()[\]"]+@(?:[a-z\d](?:[a-z\d-]*[a-z\d])?\.)+[a-z]{2,}$/i;

/**
 * What is wrong with an answer, in words that say what to do; null where nothing is. The server decides: here
 * only what everybody would see is said.
 */
export function problemOf({ kind, required }: Asked, values: readonly string[]): string | null {
  const value = values.join("\n").trim();
  if (value === "") return required ? missing(kind) : null;
  switch (kind) {
    case "email":
      return EMAIL.test(value) ? null : "Write an e-mail address like name@example.com.";
    case "phone":
      return /^[0-9 +\-().]{5,20}$/.test(value) ? null : "Write 5 to 20 digits, spaces and + - ( ) . only.";
    case "number":
      return Number.isFinite(Number(value.replace(",", "."))) ? null : "Write a number.";
    case "links":
      return value.split(/\s+/).every(isAddress) ? null : "Write web addresses, one a line.";
    default:
      return null;
  }
}

function missing(kind: Asked["kind"]): string {
  if (kind === "consent") return "We need your consent to take the application.";
  if (kind === "file") return "Attach a file.";
  if (kind === "email") return "Write the address where we reach you.";
  return "This is needed.";
}

function isAddress(text: string): boolean {
  try {
    const { protocol, hostname } = new URL(/^[a-z][a-z\d+.-]*:/i.test(text) ? text : `https://${text}`);
    return /^https?:$/.test(protocol) && hostname.includes(".");
  } catch {
    return false;
  }
}
