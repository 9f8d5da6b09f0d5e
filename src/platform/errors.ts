/**
 * An error with a stable `code` (for machines and for `src/web/i18n`), an HTTP `status` and optional `details`.
 * The message is for logs and IT staff; one mapper turns the code into the words a visitor reads.
 */
export class LachanError extends Error {
  readonly code: string = 'internal';
  readonly status: number = 500;
  readonly details?: Record<string, unknown>;

  /** @param details facts about the failure that may be shown; never personal data */
  constructor(message: string, details?: Record<string, unknown>, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.details = details;
  }
}

/** What was asked for does not exist, or the asker may not know that it does. */
export class NotFound extends LachanError {
  override readonly code: string = 'not_found';
  override readonly status: number = 404;
}

/** The actor is known but may not do this. */
export class Forbidden extends LachanError {
  override readonly code: string = 'forbidden';
  override readonly status: number = 403;
}

/** The input was understood but breaks a rule; `details` names the fields. */
export class Invalid extends LachanError {
  override readonly code: string = 'invalid';
  override readonly status: number = 422;
}

/** Another change came first, or the thing is in a state that does not allow this. */
export class Conflict extends LachanError {
  override readonly code: string = 'conflict';
  override readonly status: number = 409;
}

/** Too many requests; `details.retryAfter` is in seconds when known. */
export class TooMany extends LachanError {
  override readonly code: string = 'too_many';
  override readonly status: number = 429;
}

/** The body or a file is larger than the limit. */
export class TooLarge extends LachanError {
  override readonly code: string = 'too_large';
  override readonly status: number = 413;
}

/** Something we depend on (database, mail, storage) does not answer. */
export class Unavailable extends LachanError {
  override readonly code: string = 'unavailable';
  override readonly status: number = 503;
}

/** Another process already serves this data folder; the message says which. */
export class HomeInUse extends LachanError {
  override readonly code: string = 'home_in_use';
  override readonly status: number = 503;
}

/** The TCP port to listen on is taken by another program. */
export class PortTaken extends LachanError {
  override readonly code: string = 'port_taken';
  override readonly status: number = 503;
}
