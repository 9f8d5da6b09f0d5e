import { signPost, type SignedHeaders } from '#platform/signed-post.ts';

const PREFIX = 'whsec_';

/** The secret of a webhook from random bytes (24 to 64 of them). Source: Standard Webhooks, "Signature scheme". */
export function webhookSecret(bytes: Buffer): string {
  return PREFIX + bytes.toString('base64');
}

/**
 * The three headers that say who sends and prove it, with the secret as `webhookSecret` writes it.
 * @param id the same for each attempt at one message, so that the receiver knows a repeat
 * @param at of this attempt
 */
export function signedHeaders(secret: string, id: string, at: Date, body: string): SignedHeaders {
  return signPost(Buffer.from(secret.slice(PREFIX.length), 'base64'), id, at, body);
}
