// The product's clock, which can be moved.

/** Follows how far the product's clock was moved, so that signatures can be checked by its time. */
export class MovedClock {
  offset = 0;
  /** What it is being moved to; what is signed meanwhile may have either time. */
  next = 0;

  constructor(product) {
    this.product = product;
  }

  /** The times that the product may have now. */
  possible() {
    const now = Date.now();
    // A killed process forgets what it was told.
    return [now + this.offset, now + this.next, now];
  }

  /** Moves it on by so many seconds, which runs the minute's work. */
  async advance(seconds) {
    this.next = this.offset + seconds * 1000;
    await this.move(seconds);
    this.offset = this.next;
  }

  /** Tells a new process how far the clock was moved. */
  async again() {
    await this.move(this.offset / 1000);
  }

  async move(seconds) {
    const answer = await fetch(`${this.product.base}/dev/clock`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ advance: seconds }),
      signal: AbortSignal.timeout(120_000),
    });
    if (!answer.ok) throw new Error(`The clock was not moved: ${answer.status} ${await answer.text()}`);
    await answer.arrayBuffer();
  }
}
