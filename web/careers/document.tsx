import type { ComponentChildren, VNode } from "preact";
import { renderToString } from "preact-render-to-string";
import { accentTokens } from "./accent";
import { withSource } from "./facts";

/** The organization as its public pages show it. */
export interface Site {
  name: string;
  slug: string;
  /** Where its pages are, without a slash at the end: `https://jobs.example.com/careers/acme`. */
  home: string;
  /** `#rrggbb`, as it was chosen. */
  accent: string | null;
  headline: string | null;
  about: string | null;
  /** Path of its logo, where there is one. */
  logo: string | null;
  /** BCP 47. */
  language: string;
  privacy: { contact: string | null; policyUrl: string | null };
}

export interface PublicPage {
  site: Site;
  title: string;
  description?: string;
  /** Absolute; left out of pages that no search engine should list. */
  canonical?: string;
  /** Beside the title in the tags that previews read. */
  picture?: string;
  /** Links and meta tags of this page alone. */
  head?: ComponentChildren;
  /** Where its reader came from, carried along to the list. */
  source?: string | null;
  /** schema.org data, as an object. */
  data?: object;
  /** Path of a module that makes the page better; the page works without it. */
  script?: string;
  children: ComponentChildren;
}

/** What a page is sent with: its text, and the style of its own that its policy must allow. */
export interface Rendered {
  html: string;
  /** The style sheet that stands in it. */
  style: string;
  /** The organization's colours, to be hashed; empty where it has none. */
  ownStyle: string;
}

/** The organization's colours over the product's own. */
export function ownStyle(accent: string | null): string {
  if (accent === null) return "";
  return `:root{${accentTokens(accent)
    .map(([name, value]) => `${name}:${value}`)
    .join(";")}}`;
}

/** JSON that can stand in a page: no text in it can end the script element. */
const inScript = (data: object) => JSON.stringify(data).replaceAll("<", "\\u003c");

const raw = (html: string) => ({ dangerouslySetInnerHTML: { __html: html } });

/**
 * A whole public page. It needs no script to be read or used.
 * @param style the style sheet, which stands in the page so that nothing has to be waited for
 */
export function renderPage(page: PublicPage, style: string): Rendered {
  const own = ownStyle(page.site.accent);
  const tree = <Document page={page} style={style} own={own} />;
  return { html: `<!doctype html>${renderToString(tree)}`, style, ownStyle: own };
}

/** The list, on whichever host one is; the product's own start where no organization is known. */
const homeOf = (site: Site, source: string | null) =>
  site.slug === "" ? site.home : withSource(`/careers/${site.slug}`, source);

function Document({ page, style, own }: { page: PublicPage; style: string; own: string }): VNode {
  const { site, title, description, canonical, picture } = page;
  return (
    <html lang="en" data-mood="portal">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <meta name="color-scheme" content="light dark" />
        <title>{title}</title>
        {description && <meta name="description" content={description} />}
        {canonical ? (
          <>
            <link rel="canonical" href={canonical} />
            <meta property="og:type" content="website" />
            <meta property="og:site_name" content={site.name} />
            <meta property="og:title" content={title} />
            {description && <meta property="og:description" content={description} />}
            <meta property="og:url" content={canonical} />
            {picture && <meta property="og:image" content={picture} />}
            <meta name="twitter:card" content="summary" />
          </>
        ) : (
          <meta name="robots" content="noindex" />
        )}
        {page.head}
        <style {...raw(style)} />
        {own && <style {...raw(own)} />}
        {page.data && <script type="application/ld+json" {...raw(inScript(page.data))} />}
        {page.script && <script type="module" src={page.script} />}
      </head>
      <body>
        <a class="skip" href="#content">
          Skip to the content
        </a>
        <header class="site-head">
          <a class="site-name" href={homeOf(site, page.source ?? null)} dir="auto">
            {site.logo ? <img src={site.logo} alt={site.name} height={36} /> : site.name}
          </a>
        </header>
        <main id="content">{page.children}</main>
        <footer class="site-foot">
          <p>
            {site.privacy.policyUrl && (
              <>
                <a href={site.privacy.policyUrl}>Privacy</a>
                {" · "}
              </>
            )}
            {site.privacy.contact && (
              <>
                <a href={`mailto:${site.privacy.contact}`}>{site.privacy.contact}</a>
                {" · "}
              </>
            )}
            <a href="/login">Log in</a>
          </p>
        </footer>
      </body>
    </html>
  );
}
