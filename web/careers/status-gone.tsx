import { type Rendered, renderPage } from "./document";
import { NOBODY } from "./trouble";

/** For whoever has no link that opens. It tells nothing, not even whether there is an application. */
export function renderNoLink({ path }: { path: string }, style: string): Rendered {
  return renderPage(
    {
      site: NOBODY,
      title: "This link doesn’t open here",
      children: (
        <div class="status-none">
          <h1>This link doesn’t open here</h1>
          <p>
            It is too old, it is incomplete, or it was opened in another browser first: a personal link
            belongs to one browser, so that nobody else reads what is in it.
          </p>
          <form class="status-renew" method="post" action={`${path}/renew`}>
            <p>We can mail a new one to the address that the application was made with.</p>
            <button type="submit" class="button button-primary button-l">
              Mail me a new link
            </button>
          </form>
        </div>
      ),
    },
    style,
  );
}

/** The answer to everybody who asked for a new link. */
export function renderLinkSent(style: string): Rendered {
  return renderPage(
    {
      site: NOBODY,
      title: "Look into your mail",
      children: (
        <div class="status-none">
          <h1>Look into your mail</h1>
          <p>
            If this link was made for one of our applications, a new one is on its way to the address that the
            application was made with. It can take a minute; look into the folder for unwanted mail, too.
          </p>
          <p>You can ask for a link once in ten minutes.</p>
        </div>
      ),
    },
    style,
  );
}
