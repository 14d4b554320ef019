/** Where the secret of what somebody began is found again: in the address, else in this browser's memory. */
export class Memory {
  readonly #key: string;

  constructor(org: string, job: string) {
    this.#key = `apply ${org}/${job}`;
  }

  read(): string | null {
    const here = new URLSearchParams(location.hash.slice(1)).get("draft");
    if (here) return here;
    try {
      return localStorage.getItem(this.#key);
    } catch {
      return null;
    }
  }

  /** Behind the #, so that it is in no log and no referrer, and a reload has it. */
  write(token: string): void {
    const query = new URLSearchParams(location.search);
    query.delete("draft");
    const rest = query.size > 0 ? `?${query}` : "";
    history.replaceState(null, "", `${location.pathname}${rest}#draft=${token}`);
    try {
      localStorage.setItem(this.#key, token);
    } catch {
      // Some browsers keep nothing: the address does.
    }
  }

  forget(): void {
    if (/[#&]draft=/.test(location.hash)) {
      history.replaceState(null, "", `${location.pathname}${location.search}`);
    }
    try {
      localStorage.removeItem(this.#key);
    } catch {
      // It never was there.
    }
  }
}
