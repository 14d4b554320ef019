import { createHmac, scryptSync } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { commonPasswords } from "./common-passwords";
import { DUMMY, hashPassword, passwordProblem, verifyPassword } from "./password";

const pepper = { id: "1", key: new Uint8Array(32).fill(3) };
const unpadded = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64").replaceAll("=", "");

/** A PHC string made by hand, at a cost that tests can afford. */
function cheap(
  password: string,
  { ln = 4, r = 1, p = 1, k = "1" } = {},
  salt: Uint8Array = new Uint8Array(16).fill(9),
) {
  const peppered = createHmac("sha256", pepper.key).update(password).digest();
  const hash = scryptSync(peppered, salt, 32, { N: 2 ** ln, r, p, maxmem: 64 * 1024 * 1024 });
  return `$scrypt$ln=${ln},r=${r},p=${p},k=${k}$${unpadded(salt)}$${unpadded(hash)}`;
}

describe("hashPassword", () => {
  it("writes today's cost, the pepper's id, 16 bytes of salt and 32 of hash, and verifies", () => {
    const phc = hashPassword("correct horse", pepper);
    expect(phc).toMatch(/^\$scrypt\$ln=15,r=8,p=3,k=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
    expect(verifyPassword(phc, "correct horse", pepper)).toEqual({ ok: true, rehash: false });
    expect(hashPassword("correct horse", pepper)).not.toBe(phc);
  });
});

describe("verifyPassword", () => {
  it("takes the right password only, and asks for a new hash at another cost", () => {
    expect(verifyPassword(cheap("correct horse"), "correct horse", pepper)).toEqual({
      ok: true,
      rehash: true,
    });
    for (const wrong of ["", "correct hors", "correct horse ", "Correct horse", "correct horse\0"]) {
      expect(verifyPassword(cheap("correct horse"), wrong, pepper)).toEqual({ ok: false, rehash: false });
    }
  });

  it("compares long passwords whole", () => {
    const long = "x".repeat(127);
    expect(verifyPassword(cheap(`${long}a`), `${long}a`, pepper).ok).toBe(true);
    expect(verifyPassword(cheap(`${long}a`), `${long}b`, pepper).ok).toBe(false);
  });

  it("takes the same letters in either Unicode form", () => {
    expect(
      verifyPassword(cheap("cr\u00e8me br\u00fbl\u00e9e"), "cre\u0300me bru\u0302le\u0301e", pepper).ok,
    ).toBe(true);
  });

  it("refuses under another pepper, and a hash that names another pepper", () => {
    const phc = cheap("correct horse");
    expect(verifyPassword(phc, "correct horse", { ...pepper, key: new Uint8Array(32) }).ok).toBe(false);
    expect(verifyPassword(phc, "correct horse", { ...pepper, id: "2" }).ok).toBe(false);
    expect(verifyPassword(cheap("correct horse", { k: "2" }), "correct horse", pepper).ok).toBe(false);
  });

  it("refuses every password for the dummy, at today's cost", () => {
    expect(DUMMY).toMatch(/^\$scrypt\$ln=15,r=8,p=3,/);
    expect(verifyPassword(DUMMY, "", pepper)).toEqual({ ok: false, rehash: false });
  });

  it.each([
    ["empty", ""],
    ["another scheme", "$argon2id$v=19$m=65536,t=3,p=4$c2FsdHNhbHQ$aGFzaA"],
    ["broken off", cheap("correct horse").slice(0, -1)],
    [
      "more work than the platform allows",
      "$scrypt$ln=21,r=8,p=1,k=1$AAAAAAAAAAAAAAAAAAAAAA$".padEnd(95, "A"),
    ],
    ["no blocks", `$scrypt$ln=4,r=0,p=1,k=1$${"A".repeat(22)}$${"A".repeat(43)}`],
  ])("refuses a stored hash that is %s, without an error", (_, phc) => {
    expect(verifyPassword(phc, "correct horse", pepper)).toEqual({ ok: false, rehash: false });
  });
});

describe("passwordProblem", () => {
  const ada = { email: "ada.lovelace@acme.test", name: "Ada Lovelace" };
  const grapes = "\u{1f347}";

  it.each([
    ["portico-demo-1", null],
    ["tidy otters", null],
    ["        spaces", null],
    ["MON CHÂTEAU", null],
    [grapes.repeat(8), /attackers/],
    [`${grapes.repeat(7)}x`, null],
    [`${grapes.repeat(6)}x`, /at least 8/],
    ["", /at least 8/],
    ["1234567", /at least 8/],
    ["e\u0301".repeat(4), /at least 8/],
    [grapes.repeat(128), null],
    ["e\u0301".repeat(128), null],
    ["x".repeat(128), null],
    ["x".repeat(129), /at most 128/],
    ["x".repeat(100_000), /at most 128/],
    ["password", /attackers/],
    ["PassWord1", /attackers/],
    ["qwertyuiop", /attackers/],
    ["P@ssw0rd", /attackers/],
    ["trustno1", /attackers/],
    ["aaaaaaaa", /attackers/],
    ["88888888", /attackers/],
    ["123123123", /attackers/],
    ["87654321", /attackers/],
    ["0987654321", /attackers/],
    ["abcdefgh", /attackers/],
    ["ada.lovelace@acme.test", /e-mail/],
    ["ADA.Lovelace@acme.test", /e-mail/],
    ["ada.lovelace", /e-mail/],
    ["Ada Lovelace", /your name/],
    ["adalovelace", /your name/],
    ["ada lovelace 1815", null],
    ["broken \ud83d surrogate", /broken character/],
  ])("takes or refuses, with the reason: %.30j", (password, problem) => {
    const said = passwordProblem(password, ada);
    if (problem === null) expect(said).toBeNull();
    else expect(said).toMatch(problem);
  });

  it("says nothing about who it is where that is unknown", () => {
    expect(passwordProblem("          ", { email: "", name: " " })).toMatch(/attackers/);
    expect(passwordProblem("tidy otters")).toBeNull();
  });

  it("never throws", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary", maxLength: 200 }),
        fc.string(),
        fc.string(),
        (password, email, name) => {
          passwordProblem(password, { email, name });
        },
      ),
    );
  });
});

describe("the list of common passwords", () => {
  it("has at least 3,000 that the length rule would let through, in the form that they are looked up", () => {
    const words = [...commonPasswords()];
    expect(words.length).toBeGreaterThanOrEqual(3000);
    for (const word of words) {
      expect([...word].length).toBeGreaterThanOrEqual(8);
      expect(word).toBe(word.normalize("NFC").toLowerCase());
    }
  });
});
