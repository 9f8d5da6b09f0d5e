/** What a report can point at. Accounts of people on platforms are not in the list; see docs/scope.md. */
export const INDICATOR_KINDS = ['url', 'domain', 'phone', 'bank_account', 'file_hash'] as const;

/** One of `INDICATOR_KINDS`. */
export type IndicatorKind = (typeof INDICATOR_KINDS)[number];

/** A thing found in a report. */
export interface Indicator {
  kind: IndicatorKind;
  /** The characters of the report, unchanged: evidence. */
  asSent: string;
  /**
   * Canonical matching key. url: `host/path?query`, no scheme; domain: host; phone: E.164; bank_account:
   * `BIN|ACCOUNT` or `?|ACCOUNT`; file_hash: lower-case hexadecimal.
   */
  key: string;
  /** For the screen: defanged, or masked when personal. */
  display: string;
  /** Whether it points at one thing, so that two reports with it belong together: no shared host, hotline or doubt. */
  specific: boolean;
  /** Whether it is personal data of a possibly innocent person: encrypt, mask, never publish. */
  personal: boolean;
  /** Written with characters that may hide another name (dashes, zero-width, full-width): a person must confirm it. */
  unusual: boolean;
}
