/** Style sheets that public pages carry in themselves come as text; see `rules` in wrangler.toml. */
declare module "*.css" {
  const text: string;
  export default text;
}
