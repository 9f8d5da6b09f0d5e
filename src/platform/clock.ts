/** Where "now" comes from; tests and the demo shift it, the rules only ever receive it. */
export interface Clock {
  now(): Date;
}

/** The machine's clock. */
export const SYSTEM_CLOCK: Clock = { now: () => new Date() };

/** A clock that stands where it is put, for tests and the demo's past. */
export class SetClock implements Clock {
  #at: Date;

  constructor(at: Date) {
    this.#at = at;
  }

  now(): Date {
    return this.#at;
  }

  set(at: Date): void {
    this.#at = at;
  }
}
