import type { VNode } from 'preact';
import { formatDateTime } from './format.ts';
import type { Lang } from './i18n/index.ts';
import { QrCode } from './qr.tsx';
import { Shield } from './shield.tsx';

export interface SlipProps {
  readonly lang: Lang;
  readonly code: string;
  /** What opens it together with the code. */
  readonly secret: string;
  /** When it was taken in. */
  readonly at: Date;
  /** Address for the QR code: the follow-up page with the code, never the secret. */
  readonly followUrl: string;
  /** What it is, and what its parts are called. */
  readonly words: {
    readonly paper: string; readonly code: string; readonly secret: string; /** Name of the time. */ readonly taken: string; /** Name of the address. */ readonly at: string;
    readonly qrLabel: string; readonly qrText: string;
  };
}

/** The slip of a receipt, to be kept: code, secret, time and where to follow, the last also as a QR code. */
export function Slip({ lang, code, secret, at, followUrl, words }: SlipProps): VNode {
  return (
    <section class="slip" aria-label={words.paper}>
      <div>
        <p class="slip-top">
          <Shield size={20} /> {words.paper}
        </p>
        <dl>
          <dt>{words.code}</dt>
          <dd class="big" translate={false}>
            {code}
          </dd>
          <dt>{words.secret}</dt>
          <dd class="big" translate={false}>
            {secret}
          </dd>
          <dt>{words.taken}</dt>
          <dd>{formatDateTime(at, lang)}</dd>
          <dt>{words.at}</dt>
          <dd translate={false}>{followUrl.replace(/^https?:\/\/|\?.*$/g, '')}</dd>
        </dl>
      </div>
      <div class="slip-qr">
        <QrCode value={followUrl} label={words.qrLabel} size={132} />
        <small>{words.qrText}</small>
      </div>
    </section>
  );
}
