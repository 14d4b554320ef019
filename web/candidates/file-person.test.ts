import { expect, test } from "vitest";
import { nameInFile } from "./file-person";

test.each([
  ["CV_Ada_Able_2024.pdf", "Ada", "Able"],
  ["ada able resume.docx", "Ada", "Able"],
  ["AdaAble-CV.pdf", "Ada", "Able"],
  ["Lebenslauf JOSÉ DE SOUZA (final).pdf", "José De", "Souza"],
])("the name in %s is read", (file, firstName, lastName) => {
  expect(nameInFile(file)).toEqual({ firstName, lastName });
});

test.each(["cv.pdf", "scan0001.pdf", "Ada.pdf", "the best cv that I could write this year.pdf"])(
  "%s holds no name",
  (file) => expect(nameInFile(file)).toBeNull(),
);
