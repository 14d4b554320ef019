import fc from "fast-check";
import { expect, test } from "vitest";
import { factsOf } from "./facts";
import type { CvFacts } from "./shape";

/** A CV as text; lines that begin with `#` are in larger letters. */
function read(text: string, links: string[] = []): CvFacts {
  const lines = text
    .trim()
    .split("\n")
    .map((line) => line.trim())
    .map((line) => (line.startsWith("# ") ? { text: line.slice(2), size: 24 } : { text: line, size: 11 }));
  return factsOf({ lines, links });
}

const facts = (name: string | null, email: string | null, phone: string | null, links: string[] = []) => ({
  name,
  email,
  phone,
  links,
});

const CVS: [what: string, text: string, expected: CvFacts][] = [
  [
    "English, name large",
    `# Mara Lindqvist
     Product Designer
     mara.lindqvist@example.com | +46 70 123 45 67 | linkedin.com/in/maralindqvist
     Experience
     2015 - 2019 Studio Nord`,
    facts("Mara Lindqvist", "mara.lindqvist@example.com", "+46 70 123 45 67", [
      "https://linkedin.com/in/maralindqvist",
    ]),
  ],
  [
    "American, in capitals",
    `JOHN Q. MCALLISTER
     (555) 201-7788 · jqm@example.org · https://github.com/jqm
     SUMMARY
     Software engineer with 10 years of experience`,
    facts("John Q. Mcallister", "jqm@example.org", "(555) 201-7788", ["https://github.com/jqm"]),
  ],
  [
    "German, under its title",
    `Lebenslauf
     Persönliche Daten
     Name: Jürgen von der Heide
     Geburtsdatum: 12.03.1984
     Telefon: 0151 / 23456789
     E-Mail: j.vonderheide@example.de`,
    facts("Jürgen von der Heide", "j.vonderheide@example.de", "0151 23456789"),
  ],
  [
    "French",
    `Curriculum Vitae
     Éloïse Dubois-Lefèvre
     12 rue des Lilas, 75011 Paris
     Tél. : 06 12 34 56 78
     eloise.dubois@example.fr
     Expérience professionnelle
     2018-2022 Chef de projet`,
    facts("Éloïse Dubois-Lefèvre", "eloise.dubois@example.fr", "06 12 34 56 78"),
  ],
  [
    "Spanish, two surnames",
    `# María José García López
     Enfermera
     Móvil: +34 612 345 678
     mjgarcia@example.es`,
    facts("María José García López", "mjgarcia@example.es", "+34 612 345 678"),
  ],
  [
    "Portuguese, with particles",
    `# João Pedro dos Santos e Silva
     joao.santos@example.pt
     Telemóvel +351 912 345 678`,
    facts("João Pedro dos Santos e Silva", "joao.santos@example.pt", "+351 912 345 678"),
  ],
  [
    "Polish",
    `CV
     Łukasz Żółkowski
     tel. 600-700-800
     lukasz.zolkowski@example.pl
     Doświadczenie zawodowe`,
    facts("Łukasz Żółkowski", "lukasz.zolkowski@example.pl", "600-700-800"),
  ],
  [
    "Dutch",
    `# Pieter van 't Hof
     pieter@example.nl
     06-12345678`,
    facts("Pieter van 't Hof", "pieter@example.nl", "06-12345678"),
  ],
  [
    "Russian",
    `Резюме
     ФИО: Иванова Анна Сергеевна
     Телефон: +7 (912) 345-67-89
     anna@example.ru`,
    facts("Иванова Анна Сергеевна", "anna@example.ru", "+7 (912) 345-67-89"),
  ],
  [
    "Greek",
    `# Ελένη Παπαδοπούλου
     Κινητό: 694 123 4567
     eleni@example.gr`,
    facts("Ελένη Παπαδοπούλου", "eleni@example.gr", "694 123 4567"),
  ],
  [
    "Arabic, as text",
    `السيرة الذاتية
     الاسم: محمد علي حسن
     هاتف: +20 100 123 4567
     m.ali@example.com`,
    facts("محمد علي حسن", "m.ali@example.com", "+20 100 123 4567"),
  ],
  [
    "Hebrew",
    `# דנה כהן
     נייד: 052-123-4567
     dana@example.co.il`,
    facts("דנה כהן", "dana@example.co.il", "052-123-4567"),
  ],
  [
    "Chinese",
    `个人简历
     姓名：王小明
     电话：+86 138 0013 8000
     wang@example.cn`,
    facts("王小明", "wang@example.cn", "+86 138 0013 8000"),
  ],
  [
    "Japanese",
    `履歴書
     # 山田 太郎
     電話番号: 090-1234-5678
     yamada@example.jp`,
    facts("山田 太郎", "yamada@example.jp", "090-1234-5678"),
  ],
  [
    "Korean",
    `# 김민준
     이력서
     휴대폰: 010-1234-5678
     minjun@example.kr`,
    facts("김민준", "minjun@example.kr", "010-1234-5678"),
  ],
  [
    "Hindi",
    `नाम: प्रिया शर्मा
     priya.sharma@example.in
     Mobile: +91 98765 43210`,
    facts("प्रिया शर्मा", "priya.sharma@example.in", "+91 98765 43210"),
  ],
  [
    "one name only, called so",
    `Name: Suharto
     suharto@example.id`,
    facts("Suharto", "suharto@example.id", null),
  ],
  [
    "columns: the name after the contact",
    `Contact
     ada.okafor@example.com
     +44 7700 900123
     # Ada Okafor
     Data Scientist`,
    facts("Ada Okafor", "ada.okafor@example.com", "+44 7700 900123"),
  ],
  [
    "a title of a person and a degree",
    `# Dr. Anke Fröhlich, PhD
     anke@example.de`,
    facts("Anke Fröhlich", "anke@example.de", null),
  ],
  [
    "surname first, where it is called a name",
    `Full name: O'Connor, Siobhán
     siobhan@example.ie`,
    facts("Siobhán O'Connor", "siobhan@example.ie", null),
  ],
  [
    "an own site beside employers' sites",
    `# Noor Hassan
     noor@example.com · noorhassan.dev · www.noorhassan.example
     Experience
     a
     b
     c
     d
     e
     f
     g
     h
     i
     j
     k
     l
     m
     n
     o
     p
     q
     Shop at https://big-employer.example.com`,
    facts("Noor Hassan", "noor@example.com", null, ["https://www.noorhassan.example"]),
  ],
];

test.each(CVS)("a CV is read: %s", (_, text, expected) => {
  expect(read(text)).toEqual(expected);
});

const UNCERTAIN: [what: string, text: string, expected: CvFacts][] = [
  ["a role is no name", "# Senior Product Designer\nAbout me\nI design.", facts(null, null, null)],
  ["a heading is no name", "# Curriculum Vitae\nWork Experience\n2015 - 2019", facts(null, null, null)],
  [
    "two addresses at the top say nothing",
    "# Ana Ruiz\nana@example.com\nbea@example.com",
    facts("Ana Ruiz", null, null),
  ],
  [
    "years are no phone number",
    "Ana Ruiz\n2015 - 2019 2020-2023\n01.02.1990 - 03.04.1995",
    facts("Ana Ruiz", null, null),
  ],
  ["a fax is no phone", "Ana Ruiz\nFax: +49 30 1234567", facts("Ana Ruiz", null, null)],
  [
    "an identity number is no phone",
    "Ana Ruiz\nNIF 12345678Z\nIBAN DE89 3704 0044 0532 0130 00",
    facts("Ana Ruiz", null, null),
  ],
  ["a place is no name", "Berlin, Germany\nBerlin Germany", facts(null, null, null)],
  ["two lines equally large", "# Ana Ruiz\n# Bea Sol\nhello", facts(null, null, null)],
  ["nothing at all", "…", facts(null, null, null)],
  ["letters in the order of print", "# ﻲﻠﻋ ﺪﻤﺤﻣ\nali@example.com", facts(null, "ali@example.com", null)],
];

test.each(UNCERTAIN)("what is uncertain stays empty: %s", (_, text, expected) => {
  expect(read(text)).toEqual(expected);
});

test("addresses behind words count, and only profiles among those", () => {
  const links = [
    "mailto:kim@example.com?subject=Hi",
    "https://www.linkedin.com/in/kim-berg/?utm=1",
    "https://github.com/kimberg/project",
    "https://employer.example.com/jobs",
    "javascript:alert(1)",
    "https://kimberg.example",
  ];
  expect(read("# Kim Berg\nLinkedIn GitHub", links)).toEqual(
    facts("Kim Berg", "kim@example.com", null, [
      "https://www.linkedin.com/in/kim-berg",
      "https://github.com/kimberg",
      "https://kimberg.example",
    ]),
  );
});

test("any text at all is read without trouble, and quickly", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "binary", maxLength: 200 }), { maxLength: 30 }), (texts) => {
      const { links } = factsOf({
        lines: texts.map((text) => ({ text, size: text.length % 5 })),
        links: texts,
      });
      expect(links.length).toBeLessThanOrEqual(5);
    }),
    { numRuns: 300 },
  );
  for (const piece of ["0 ", "a@", "a.", "(", "https://", "- ", "ab ", "1-"]) {
    factsOf({ lines: [{ text: piece.repeat(50_000), size: 0 }], links: [] });
  }
}, 20_000);
