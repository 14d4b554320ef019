import { z } from "zod";

const Country = z.string().regex(/^[A-Z]{2}$/);
const Text = z.string().trim().min(1);
const Day = z.iso.date();
const Place = z.strictObject({
  "@type": z.literal("Place"),
  address: z.strictObject({
    "@type": z.literal("PostalAddress"),
    streetAddress: Text.optional(),
    addressLocality: Text.optional(),
    addressRegion: Text.optional(),
    postalCode: Text.optional(),
    // "Note that you must include the addressCountry property."
    addressCountry: Country,
  }),
});
/** HTML that Google takes in a description: paragraphs, breaks and lists, nothing left open. */
const Description = z
  .string()
  .min(1)
  .refine((html) => /^(?:<p>|<ul>|<ol>)/.test(html), "begins with a block")
  .refine((html) => !/<(?!\/?(?:p|ul|ol|li)>|br\/>)/.test(html), "has another tag")
  .refine((html) => html.replace(/<[^>]*>/g, "").trim() !== "", "says nothing");
const Amount = z.union([
  z.strictObject({
    "@type": z.literal("QuantitativeValue"),
    value: z.number().nonnegative(),
    unitText: z.enum(["HOUR", "DAY", "WEEK", "MONTH", "YEAR"]),
  }),
  z
    .strictObject({
      "@type": z.literal("QuantitativeValue"),
      minValue: z.number().nonnegative(),
      maxValue: z.number().nonnegative(),
      unitText: z.enum(["HOUR", "DAY", "WEEK", "MONTH", "YEAR"]),
    })
    .refine(({ minValue, maxValue }) => minValue < maxValue),
]);

/** Google's requirements of a JobPosting, as published, and nothing that they don't know. */
export const JobPosting = z
  .strictObject({
    "@context": z.literal("https://schema.org"),
    "@type": z.literal("JobPosting"),
    // Required.
    title: Text,
    description: Description,
    datePosted: Day,
    hiringOrganization: z.strictObject({
      "@type": z.literal("Organization"),
      name: Text,
      sameAs: z.url().optional(),
      logo: z.url({ protocol: /^https$/ }).optional(),
    }),
    jobLocation: Place.optional(),
    // Recommended.
    applicantLocationRequirements: z
      .strictObject({ "@type": z.literal("Country"), name: Country })
      .optional(),
    jobLocationType: z.literal("TELECOMMUTE").optional(),
    baseSalary: z
      .strictObject({
        "@type": z.literal("MonetaryAmount"),
        currency: z.string().regex(/^[A-Z]{3}$/),
        value: Amount,
      })
      .optional(),
    directApply: z.boolean(),
    employmentType: z.enum([
      "FULL_TIME",
      "PART_TIME",
      "CONTRACTOR",
      "TEMPORARY",
      "INTERN",
      "VOLUNTEER",
      "PER_DIEM",
      "OTHER",
    ]),
    identifier: z.strictObject({ "@type": z.literal("PropertyValue"), name: Text, value: Text }),
    validThrough: z.iso.datetime().optional(),
    experienceRequirements: z
      .strictObject({
        "@type": z.literal("OccupationalExperienceRequirements"),
        monthsOfExperience: z.number().int().positive(),
      })
      .optional(),
    // schema.org's own, which Google passes over.
    url: z.url({ protocol: /^https$/ }),
    skills: Text.optional(),
    jobStartDate: Day.optional(),
    totalJobOpenings: z.number().int().positive(),
  })
  .refine(
    (posting) => posting.jobLocation !== undefined || posting.jobLocationType === "TELECOMMUTE",
    "A job is somewhere, or can be done from anywhere.",
  )
  .refine(
    (posting) =>
      (posting.jobLocationType === undefined) === (posting.applicantLocationRequirements === undefined),
    "Who works from anywhere is told from which country.",
  );
