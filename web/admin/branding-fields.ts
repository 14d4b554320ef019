import type {
  CareersPreviewQuery,
  Organization,
  OrganizationChange,
} from "../../worker/features/organizations/schema";

/** What the screen of the careers page holds. */
export type Fields = {
  name: string;
  "brand.headline": string;
  "brand.about": string;
  "brand.accent": string;
  "brand.country": string;
  domain: string;
  replyByDays: string;
  asksEqualOpportunity: boolean;
  "privacy.contact": string;
  "privacy.policyUrl": string;
};

export function fieldsOf(organization: Organization): Fields {
  const { name, brand, domain, replyByDays, asksEqualOpportunity, privacy } = organization;
  return {
    name,
    "brand.headline": brand.headline ?? "",
    "brand.about": brand.about ?? "",
    "brand.accent": brand.accent ?? "",
    "brand.country": brand.country ?? "",
    domain: domain ?? "",
    replyByDays: replyByDays === null ? "" : String(replyByDays),
    asksEqualOpportunity,
    "privacy.contact": privacy.contact ?? "",
    "privacy.policyUrl": privacy.policyUrl ?? "",
  };
}

/** Only what was changed, in the shape of the API. */
export function changeOf(values: Fields, before: Fields): OrganizationChange {
  const changed = (name: keyof Fields) => values[name] !== before[name];
  const text = (name: keyof Fields) => String(values[name]).trim();
  const part = <K extends string>(group: string, keys: readonly K[]) => {
    const found = keys.filter((key) => changed(`${group}.${key}` as keyof Fields));
    return Object.fromEntries(
      found.map((key) => [key, text(`${group}.${key}` as keyof Fields) || null]),
    ) as Partial<Record<K, string | null>>;
  };
  const brand = part("brand", ["headline", "about", "accent", "country"]);
  const privacy = part("privacy", ["contact", "policyUrl"]);
  return {
    ...(changed("name") ? { name: text("name") } : {}),
    ...(changed("domain") ? { domain: text("domain") || null } : {}),
    ...(changed("replyByDays")
      ? { replyByDays: text("replyByDays") ? Number(text("replyByDays")) : null }
      : {}),
    ...(changed("asksEqualOpportunity") ? { asksEqualOpportunity: values.asksEqualOpportunity } : {}),
    ...(Object.keys(brand).length > 0 ? { brand } : {}),
    ...(Object.keys(privacy).length > 0 ? { privacy } : {}),
  };
}

export const isColour = (text: string): boolean => /^#[0-9a-f]{6}$/i.test(text.trim());

/** What the preview is asked with: all that can be read already, half a colour or address not. */
export function previewOf(values: Fields): CareersPreviewQuery {
  const colour = values["brand.accent"].trim();
  const policyUrl = values["privacy.policyUrl"].trim();
  const contact = values["privacy.contact"].trim();
  return {
    ...(values.name.trim() ? { name: values.name.trim() } : {}),
    brand: {
      headline: values["brand.headline"].trim() || null,
      about: values["brand.about"].trim() || null,
      ...(colour === "" ? { accent: null } : isColour(colour) ? { accent: colour } : {}),
    },
    privacy: {
      policyUrl: URL.canParse(policyUrl) && policyUrl.startsWith("https://") ? policyUrl : null,
      contact: /^\S+@\S+\.\S+$/.test(contact) ? contact : null,
    },
  };
}
