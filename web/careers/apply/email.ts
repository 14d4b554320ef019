/** Where most people have their address. */
const HOSTS = [
  ..."gmail.com googlemail.com outlook.com hotmail.com live.com msn.com yahoo.com ymail.com icloud.com".split(
    " ",
  ),
  ..."me.com aol.com proton.me protonmail.com gmx.com gmx.de gmx.net web.de t-online.de yahoo.de".split(" "),
  ..."hotmail.de outlook.de freenet.de hotmail.fr orange.fr free.fr laposte.net yahoo.fr hotmail.co.uk".split(
    " ",
  ),
  ..."yahoo.co.uk btinternet.com libero.it virgilio.it hotmail.it yahoo.it hotmail.es yahoo.es".split(" "),
  ..."wp.pl onet.pl interia.pl o2.pl seznam.cz mail.ru yandex.ru bk.ru qq.com 163.com naver.com".split(" "),
  ..."uol.com.br bol.com.br yahoo.com.br yahoo.co.in rediffmail.com comcast.net verizon.net att.net".split(
    " ",
  ),
];
/** Hosts that look like a slip of the ones above and are none. */
const REAL = new Set(
  "mail.com email.com gmx.at gmx.ch gmx.fr gmx.us web.dev hey.com pm.me live.de live.fr live.nl live.it live.co.uk mac.com fmail.com".split(
    " ",
  ),
);
const ENDINGS: Record<string, string> = {
  con: "com",
  cim: "com",
  cpm: "com",
  vom: "com",
  comm: "com",
  ocm: "com",
  cm: "com",
  ney: "net",
  nett: "net",
  ogr: "org",
  og: "org",
};

/** Steps between two words: a letter more, less, another, or two changed places (optimal string alignment). */
export function distance(from: string, to: string): number {
  let before: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, i) => i);
  for (let i = 1; i <= from.length; i++) {
    const row = [i];
    for (let j = 1; j <= to.length; j++) {
      const same = from[i - 1] === to[j - 1];
      let steps = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1]) {
        steps = Math.min(steps, (before[j - 2] ?? 0) + 1);
      }
      row.push(steps);
    }
    before = last;
    last = row;
  }
  return last[to.length] ?? 0;
}

/**
 * The address that somebody probably meant, or null where it looks right. It is only ever offered: rare hosts
 * are as right as common ones.
 */
export function suggestion(address: string): string | null {
  const at = address.trim().lastIndexOf("@");
  const local = address.trim().slice(0, at);
  const host = address
    .trim()
    .slice(at + 1)
    .toLowerCase();
  if (at < 1 || host.length < 4 || HOSTS.includes(host) || REAL.has(host)) return null;
  const near = HOSTS.map((known) => ({ known, steps: distance(host, known) }))
    // Short names are near to many: one step is enough there, and none in the name of a whole other host.
    .filter(({ known, steps }) => steps <= (known.length > 8 ? 2 : 1))
    .sort((a, b) => a.steps - b.steps)[0];
  if (near) return `${local}@${near.known}`;
  const dot = host.lastIndexOf(".");
  const ending = ENDINGS[host.slice(dot + 1)];
  return dot > 0 && ending ? `${local}@${host.slice(0, dot)}.${ending}` : null;
}
