const set = (words: string) => new Set(words.trim().split(/\s+/));

/** Small words within names, which stay small. */
export const PARTICLES = set(`
  af al and av aus bar bat ben bin bint da das de degli del dela dell della den der des di do dos du e el
  i ibn la las le les lo los mac o op 't ten ter till und van vom von vd y zu zum zur`);

/** Words of headings and of documents: a line with one of them is no name. Folded. */
export const HEADINGS = set(`
  about academic accomplishments achievements activities additional adresse address anschrift apropos
  aptitudes arbeitserfahrung associate ausbildung awards background bachelor berufserfahrung bewerbung
  bildungsweg biography candidate career carriere certifications certificates coaching competences
  competencias competenze competencies contact contacto contatti contato coordonnees courses cover cv
  curriculum dados data date dates datos dati description details diplome doswiadczenie education
  educacion educacao eksperience email erfahrung erfaring erfarenhet esperienza estudios executive
  experience experiences experiencia expertise fahigkeiten first formacion formation formazione freelance
  gmbh habilidades hobbies idiomas inc informacion information informations informazioni interests
  interets international januar january kenntnisse kompetenser kompetencer kontakt kontaktdaten
  kontaktinformation key kurzprofil lang languages langues lebenslauf letter limited linkedin lingue
  ltd master mein meritforteckning name nom objective objectif objetivo opleiding over overview page
  parcours perfil permanent personal personalien personelles personlig personliche phone portfolio
  praxis present profesional profil profile profilo professional professionnel professionnelle projects
  projekte projets publications qualifications reference references referenties referenzen remote resume
  resumen resumo senior seite sidan side skills sobre sobremesa sprachen sprak statement studium summary
  talen technical teknisk telefon telephone tel training uber umiejetnosci unternehmen utbildning
  uddannelse utdanning vaardigheden vita vitae volunteer volunteering weiterbildung werkervaring
  wyksztalcenie work working zusammenfassung zyciorys university universitat universite universidad
  universiteit college school hochschule institute academy company group corporation consulting
  street strasse road avenue city germany france spain italy india london berlin paris madrid`);

/** Endings and words of occupations in several languages. Folded. */
export const OCCUPATION =
  /(?:engineer|engineering|manager|management|designer|developer|development|consultant|consultante|assistant|assistante|assistent|analyst|analyste|analista|architect|architekt|architecte|arquitecto|director|direktor|directeur|directrice|officer|specialist|spezialist|specialiste|especialista|student|studentin|etudiant|etudiante|estudiante|teacher|lehrer|lehrerin|professeur|nurse|krankenpfleger|infirmier|infirmiere|enfermera|enfermero|scientist|researcher|forscher|accountant|buchhalter|buchhalterin|comptable|contador|ingenieur|ingenieurin|ingeniero|ingeniera|ingegnere|entwickler|entwicklerin|developpeur|developpeuse|desarrollador|desarrolladora|sviluppatore|programmer|programmerer|programista|leiter|leiterin|berater|beraterin|kaufmann|kauffrau|fachkraft|verkaufer|verkauferin|vendeur|vendeuse|sales|marketing|product|software|frontend|backend|fullstack|web|data|business|project|projekt|human|resources|recruiter|lead|head|chief|intern|trainee|praktikant|praktikantin|apprentice|technician|techniker|technikerin|technicien|operator|driver|fahrer|chauffeur|chef|koch|cook|waiter|kellner|barista|cashier|writer|author|journalist|journaliste|editor|redakteur|redakteurin|photographer|fotograf|translator|ubersetzer|lawyer|rechtsanwalt|anwalt|avocat|abogado|physician|doctor|arzt|arztin|medecin|pharmacist|dentist|therapist|psychologist|psychologe|electrician|elektriker|mechanic|mechaniker|plumber|carpenter|tischler|welder|administrator|sekretar|sekretarin|secretary|receptionist|coordinator|koordinator|supervisor|executive|president|founder|owner|freelancer|utvecklare|ingenjor|konsult|chef|larare|kierownik|inzynier|projektant|projektowy|specjalista|kucharz)$/;

/** A word as it is compared: without case, accents and signs. */
export function folded(word: string): string {
  return word
    .toLowerCase()
    .replaceAll("ß", "ss")
    .replaceAll("ø", "o")
    .replaceAll("ł", "l")
    .replaceAll("æ", "ae")
    .normalize("NFD")
    .replace(/[\p{M}'’.`-]/gu, "");
}

/** The words of a name, folded. */
export const wordsOf = (name: string): string[] =>
  name
    .split(/[\s-]+/)
    .map(folded)
    .filter(Boolean);
