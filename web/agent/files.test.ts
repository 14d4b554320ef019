import { expect, it } from "vitest";
import { MAX_FILE_BYTES } from "../../worker/features/documents/words";
import { fileTrouble, megabytes } from "./files";

const file = (name: string, size = 1000, type = "") => ({ name, size, type });

it.each([
  file("w9.pdf", 1000, "application/pdf"),
  file("W9.PDF"),
  file("photo", 1000, "image/jpeg"),
  file("exact.png", MAX_FILE_BYTES, "image/png"),
])("takes $name", (given) => {
  expect(fileTrouble(given)).toBeNull();
});

it("says what is wrong with a file before it is sent", () => {
  expect(fileTrouble(file("w9.pdf", 0))).toContain("empty");
  expect(fileTrouble(file("scan.pdf", MAX_FILE_BYTES + 1))).toContain("at most 10 MB");
  expect(fileTrouble(file("setup.exe", 10, "application/x-msdownload"))).toContain("can’t be taken");
  expect(fileTrouble(file("page.html", 10, "text/html"))).toContain("can’t be taken");
});

it("writes sizes as people read them", () => {
  expect([megabytes(1), megabytes(180_000), megabytes(MAX_FILE_BYTES)]).toEqual(["1 kB", "176 kB", "10 MB"]);
});
