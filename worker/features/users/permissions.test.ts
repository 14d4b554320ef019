import { describe, expect, it } from "vitest";
import { can, PERMISSIONS, permissionsOf } from "./permissions";
import { ROLES } from "./words";

describe("can", () => {
  it.each([
    ["recruiter", "agent.move", false, true],
    ["agent", "agent.move", true, false],
    ["agent", "agent.read", true, true],
    ["agent", "agent.read", false, false],
    ["candidate", "agent.read", true, false],
    ["client_user", "agent.list", false, false],
    ["recruiter", "user.manage", false, false],
    ["recruiter", "document.delete", false, false],
    ["admin", "document.delete", false, true],
  ] as const)("%s, %s, own: %s is %s", (role, permission, own, allowed) => {
    expect(can(role, permission, { own })).toBe(allowed);
  });

  it("never lets somebody do to others what they may not do to their own", () => {
    for (const role of ROLES) {
      for (const permission of PERMISSIONS) {
        if (can(role, permission, { own: false })) expect(can(role, permission, { own: true })).toBe(true);
        expect(permissionsOf(role).includes(permission)).toBe(can(role, permission));
      }
    }
  });
});
