import { signPost } from './signed-post.ts';

export interface TextMessage {
  /** E.164 */
  readonly to: string;
  readonly text: string;
  /** The same id again is the same message: the gateway sends it once. */
  readonly id: string;
}

export interface Sms {
  /** False when no gateway is set; then nothing is sent. */
  readonly available: boolean;
  send(message: TextMessage, now: Date): Promise<void>;
}

const TIMEOUT_MS = 15_000;

/** Text messages through a gateway: a signed POST of { to, text, id } (docs/api). Throws when the gateway does not take it, so that the job tries again. */
export function smsGateway(url: string | undefined, secret: string | undefined): Sms {
  if (!url || !secret) return { available: false, send: async () => {} };
  return {
    available: true,
    async send(message, now) {
      const body = JSON.stringify(message);
      const answer = await fetch(url, {
        method: 'POST', body, redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS),
        headers: { 'Content-Type': 'application/json', ...signPost(secret, message.id, now, body) },
      });
      await answer.body?.cancel();
      if (!answer.ok) throw new Error(`the SMS gateway answered ${answer.status}`);
    },
  };
}
