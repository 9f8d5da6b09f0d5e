import { createHmac } from 'node:crypto';
import { sameBytes } from './keys.ts';

/** How far the clocks of two systems may differ; an older message is a replay. */
const TOLERANCE_S = 300;

/** The three headers of a signed message (Standard Webhooks, https://www.standardwebhooks.com). */
export interface SignedHeaders {
  readonly 'webhook-id': string;
  /** Seconds since 1970. */
  readonly 'webhook-timestamp': string;
  readonly 'webhook-signature': string;
}

function macOf(secret: string | Uint8Array, id: string, timestamp: string, body: string): Buffer {
  return createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`).digest();
}

/** Signs a message: HMAC-SHA256 over "id.timestamp.body", base64, version 1. */
export function signPost(secret: string | Uint8Array, id: string, now: Date, body: string): SignedHeaders {
  const timestamp = String(Math.floor(now.getTime() / 1000));
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${macOf(secret, id, timestamp, body).toString('base64')}` };
}

/** Whether a message was signed with this secret, just now. Several signatures may stand in the header (a secret being changed). */
export function isSigned(secret: string | Uint8Array, headers: Partial<Record<keyof SignedHeaders, string | undefined>>, now: Date, body: string): boolean {
  const { 'webhook-id': id = '', 'webhook-timestamp': timestamp = '', 'webhook-signature': signatures = '' } = headers;
  if (!/^[\x21-\x7e]{1,200}$/.test(id) || !/^\d{1,12}$/.test(timestamp) || Math.abs(now.getTime() / 1000 - Number(timestamp)) > TOLERANCE_S) return false;
  const right = macOf(secret, id, timestamp, body);
  return signatures.split(' ').slice(0, 10).some((one) => one.startsWith('v1,') && sameBytes(right, Buffer.from(one.slice(3), 'base64')));
}
