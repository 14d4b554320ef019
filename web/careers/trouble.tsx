import { type Rendered, renderPage, type Site } from "./document";

export interface Trouble {
  title: string;
  /** What happened, and what to do next. */
  words: string;
  link?: { href: string; words: string };
}

/** What pages are framed by where no organization is known. */
export const NOBODY: Site = {
  name: "Portico",
  slug: "",
  home: "/",
  accent: null,
  headline: null,
  about: null,
  logo: null,
  language: "en",
  privacy: { contact: null, policyUrl: null },
};

/** A page that says what is wrong, and where to go. */
export function renderTrouble(trouble: Trouble, style: string, site: Site = NOBODY): Rendered {
  return renderPage(
    {
      site,
      title: `${trouble.title} – ${site.name}`,
      children: (
        <>
          <h1>{trouble.title}</h1>
          <p>{trouble.words}</p>
          {trouble.link && (
            <p>
              <a class="button button-primary button-m" href={trouble.link.href}>
                {trouble.link.words}
              </a>
            </p>
          )}
        </>
      ),
    },
    style,
  );
}
