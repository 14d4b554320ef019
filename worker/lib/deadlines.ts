/** Work that ends by a certain time. */
interface Open {
  abort: AbortController;
  /** By a clock that only goes forward, in milliseconds. */
  until: number;
}

/**
 * The same time limit for many pieces of work, kept by one timer: setting and clearing one for each costs as much
 * as signing a request. It belongs to one invocation, as all timers of a Worker do.
 */
export class Deadlines {
  private readonly open = new Set<Open>();
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** @param ms how long each piece of work may take */
  constructor(readonly ms: number) {}

  /** Begins a piece of work; its signal fires when time is up. */
  begin(): Open {
    const one = { abort: new AbortController(), until: performance.now() + this.ms };
    this.open.add(one);
    this.timer ??= setTimeout(() => this.pass(), this.ms);
    return one;
  }

  end(one: Open): void {
    this.open.delete(one);
  }

  /** Lets go of the timer, once all work is done. */
  close(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  /** What began first ends first. */
  private pass(): void {
    this.timer = undefined;
    for (const one of this.open) {
      const left = one.until - performance.now();
      if (left > 0) {
        this.timer = setTimeout(() => this.pass(), left);
        return;
      }
      this.open.delete(one);
      one.abort.abort();
    }
  }
}
