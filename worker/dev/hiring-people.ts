/** What the demo hires for; it never changes, so that screenshots and tests agree. */
const FIRST = [
  "Alva",
  "Basil",
  "Celia",
  "Dov",
  "Edda",
  "Finn",
  "Gina",
  "Hal",
  "Ilse",
  "Joao",
  "Keira",
  "Luca",
  "Maren",
];
const LAST = [
  "Abbott",
  "Brandt",
  "Castro",
  "Dekker",
  "Engel",
  "Fontaine",
  "Gallo",
  "Hughes",
  "Ivanov",
  "Juarez",
  "Klein",
];

/** The i-th applicant's name; all differ up to 143. */
export const applicantName = (i: number): string => `${FIRST[i % FIRST.length]} ${LAST[i % LAST.length]}`;

export const CLIENTS = [
  {
    companyName: "Nordwind Energy",
    industry: "Energy",
    website: "https://nordwind.example",
    city: "Hamburg",
    country: "Germany",
  },
  { companyName: "Lumen Studio", industry: "Design", city: "Lisbon", country: "Portugal" },
  { companyName: "Harbor Clinic", industry: "Health care", city: "Rotterdam", country: "Netherlands" },
] as const;

const FORM = [
  { key: "why", label: "Why would you like to work here?", type: "long_text", required: true },
  { key: "years", label: "Years of experience in this kind of work", type: "number", knockOut: { min: 1 } },
  { key: "permit", label: "May you work in this country?", type: "yes_no", required: true, knockOut: "no" },
  { key: "start", label: "When could you start?", type: "date" },
] as const;

export interface DemoJob {
  client: number;
  title: string;
  department: string;
  location: string;
  employmentType: "full_time" | "part_time" | "contract";
  priority: "low" | "medium" | "high" | "urgent";
  openings: number;
  salary: [number, number];
  skills: string[];
  description: string;
  /** What became of it. */
  ends: "draft" | "open" | "on_hold" | "filled";
  people: number;
  form: typeof FORM;
}

const job = (
  client: number,
  title: string,
  people: number,
  more: Partial<DemoJob> & Pick<DemoJob, "department" | "location" | "salary" | "skills" | "description">,
): DemoJob => ({
  employmentType: "full_time",
  priority: "medium",
  openings: 1,
  ends: "open",
  form: FORM,
  ...more,
  client,
  title,
  people,
});

export const JOBS: readonly DemoJob[] = [
  job(0, "Customer support lead", 20, {
    department: "Support",
    location: "Hamburg, Germany",
    priority: "high",
    salary: [52_000, 64_000],
    skills: ["customer support", "leadership", "German"],
    description:
      "You lead a team of nine who answer customers by phone and mail, and you answer some yourself.\n\n# Your days\n- Plan who answers when, and step in where it gets crowded\n- Listen to calls with people and talk about what went well\n- Bring what customers struggle with to those who can change it\n\nWe work from Hamburg three days a week. The team speaks German with customers and English with each other.",
  }),
  job(0, "Field technician", 8, {
    department: "Operations",
    location: "Kiel, Germany",
    priority: "urgent",
    openings: 3,
    salary: [41_000, 49_000],
    skills: ["electrics", "driving licence"],
    description:
      "You keep turbines turning: inspections, repairs and the odd night call, with a partner and a van.",
  }),
  job(1, "Product designer", 6, {
    department: "Design",
    location: "Lisbon, Portugal",
    employmentType: "contract",
    salary: [45_000, 60_000],
    skills: ["interaction design", "prototyping", "research"],
    description: "You turn what people struggle with into something they don't notice any more.",
  }),
  job(1, "Accountant", 3, {
    department: "Finance",
    location: "Lisbon, Portugal",
    employmentType: "part_time",
    priority: "low",
    salary: [24_000, 30_000],
    skills: ["bookkeeping", "Excel"],
    description: "You keep the books of a studio of thirty, two and a half days a week.",
    ends: "on_hold",
  }),
  job(2, "Night shift nurse", 4, {
    department: "Ward 3",
    location: "Rotterdam, Netherlands",
    salary: [38_000, 46_000],
    skills: ["nursing", "Dutch"],
    description: "You look after fourteen people at night, together with one colleague.",
    ends: "filled",
  }),
  job(0, "Data analyst", 0, {
    department: "Trading",
    location: "Hamburg, Germany",
    salary: [50_000, 62_000],
    skills: ["SQL", "statistics"],
    description: "",
    ends: "draft",
  }),
];

export const ROLES_HELD = [
  "Team lead",
  "Support agent",
  "Technician",
  "Designer",
  "Bookkeeper",
  "Nurse",
  "Analyst",
];
export const SOURCES = ["careers page", "referral", "LinkedIn", "job board", "added by hand"];
