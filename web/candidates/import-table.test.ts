import { describe, expect, test } from "vitest";
import { mapped, namesOf, readFileTable, rowsToShow } from "./import-table";

const file = (name: string, content: BlobPart) => new File([content], name);

describe("a file of people in the browser", () => {
  test("is read with its delimiter, with names for columns that lack one or share one", async () => {
    expect(await readFileTable(file("a.csv", "Name;E-Mail;;Name\nAda;ada@x.test;1;A\n\n"))).toEqual({
      columns: ["Name", "E-Mail", "Column 3", "Name (2)"],
      rows: [["Ada", "ada@x.test", "1", "A"]],
    });
    expect(namesOf([" First  name "])).toEqual(["First name"]);
  });

  test("is read from JSON, lists with commas", async () => {
    const people = JSON.stringify([{ name: "Ada", skills: ["Go", "SQL"] }, { email: "b@x.test" }]);
    expect(await readFileTable(file("a.json", people))).toEqual({
      columns: ["name", "skills", "email"],
      rows: [
        ["Ada", "Go, SQL", ""],
        ["", "", "b@x.test"],
      ],
    });
    expect(await readFileTable(file("a.json", "{"))).toBeNull();
  });

  test("is read from what Excel writes in the west", async () => {
    const bytes = new Uint8Array([0x6e, 0x0a, 0x5a, 0x6f, 0xeb]);
    expect((await readFileTable(file("a.csv", bytes)))?.rows).toEqual([["Zoë"]]);
  });
});

test("a field is filled by one column", () => {
  expect(mapped({ A: "email", B: "phone" }, "B", "email")).toEqual({ A: null, B: "email" });
  expect(mapped({ A: "email", B: null }, "A", null)).toEqual({ A: null, B: null });
});

test("the first rows are shown, and the first with errors", () => {
  expect(rowsToShow(3, [])).toEqual([1, 2, 3].map((row) => ({ row, gap: false })));
  expect(rowsToShow(100, [2, 40, 41], 2)).toEqual([
    { row: 1, gap: false },
    { row: 2, gap: false },
    { row: 40, gap: true },
    { row: 41, gap: false },
  ]);
  expect(rowsToShow(100, [50, 60, 70], 1, 3).map(({ row }) => row)).toEqual([1, 50, 60]);
});
