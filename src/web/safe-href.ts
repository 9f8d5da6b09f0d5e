// Anything a URL parser drops, trims or turns into another character: C0 controls, space, DEL, C1, line separators, byte order mark.
// oxlint-disable-next-line no-control-regex
const UNSAFE = /[\u0000-\u0020\u007f-\u00a0\u2028\u2029\ufeff\\]/;
const ALLOWED = /^(?:\/(?!\/)|#|https?:\/\/[^/]|mailto:[^/]|tel:[+\d])/i;

/**
 * Gives `url` when it may stand in an `href` or `action`: a path on this site (`/…`), a fragment (`#…`), `http:`, `https:`, `mailto:` or `tel:`.
 * Anything else, protocol-relative (`//evil`), with a backslash, a space or a control character, becomes `#`.
 * Every link of the design system passes through it; URLs under report are shown by `Defanged` and never linked at all.
 */
export function safeHref(url: string | undefined | null): string {
  return url && !UNSAFE.test(url) && ALLOWED.test(url) ? url : '#';
}
