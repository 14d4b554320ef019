import { type Rendered, renderPage, type Site } from "./document";

/** The page of all open jobs. */
export function renderList({ site }: { site: Site }, style: string): Rendered {
  return renderPage(
    {
      site,
      title: `Jobs at ${site.name}`,
      canonical: site.home,
      children: <h1 dir="auto">{site.headline ?? `Jobs at ${site.name}`}</h1>,
    },
    style,
  );
}
