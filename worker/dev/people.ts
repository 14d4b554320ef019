/** The people of the demo's agent pool; who they are never changes, so that screenshots and tests agree. */
export const PEOPLE = [
  "Ada Pereira", "Bo Lindqvist", "Cyrus Mehta", "Dana Okafor", "Elio Ferrari", "Farah Haddad", "Gus Novak", "Hana Sato",
  "Ines Duarte", "Jonas Weber", "Kaya Demir", "Lior Katz", "Mina Rahimi", "Noor Aziz", "Otto Virtanen", "Priya Raman",
  "Quinn Murphy", "Rosa Jimenez", "Sven Dahl", "Tara Singh", "Uma Patel", "Viktor Horvat", "Wen Li", "Ximena Rojas",
  "Yara Nasser", "Zoe Laurent", "Amir Cohen", "Bea Santos", "Chidi Eze", "Dora Kiss", "Emil Jensen", "Fatou Diallo",
  "Greta Maier", "Hugo Blanc", "Iris Koch", "Jamal Carter", "Kim Nguyen", "Leila Amari", "Marco Rossi", "Nadia Petrov",
  "Omar Farouk", "Paula Costa", "Rami Khoury", "Selin Aydin", "Theo Martin", "Ulla Berg", "Vera Popov", "Wale Adeyemi",
  "Yusuf Osman", "Zara Khan", "Anton Bauer", "Bianca Moretti", "Carlos Vega", "Delia Ionescu", "Erik Strand",
  "Flora Dubois", "Gita Sharma", "Henrik Lund", "Ida Nilsen",
] as const;

export const SKILLS = [
  "customer care", "sales", "Spanish", "French", "German", "technical support", "billing", "retention", "chat",
  "back office", "Portuguese", "scheduling", "quality", "insurance", "travel",
] as const;

export const TAGS = ["referral", "returning", "evenings", "weekends", "bilingual", "senior"] as const;

export const CITIES = [
  ["Austin", "US"], ["Lisbon", "PT"], ["Manila", "PH"], ["Bogotá", "CO"], ["Leeds", "GB"], ["Toronto", "CA"],
  ["Kraków", "PL"], ["Nairobi", "KE"],
] as const;
