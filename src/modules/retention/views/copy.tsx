import type { VNode } from 'preact';
import { REQUEST_RULES } from '#core/data-requests.ts';
import type { Contact } from '#modules/intake/index.ts';
import { formatDate, formatDateTime } from '#web/format.ts';
import { messages, type Lang } from '#web/i18n/index.ts';
import type { Holdings } from '../queries/holdings.ts';
import { factsOf, untilOf } from './own.tsx';

/** A person's data as one page to keep and print: no style, no script, no link out. */
export function DataCopy({ lang, now, holdings, contact }: { lang: Lang; now: Date; holdings: Holdings; contact: Contact | null }): VNode {
  const { own: t } = messages(lang).retention;
  const shown = contact ? Object.values(contact).join(' · ') : t.contactNone;
  return (
    <html lang={lang}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <title>{t.file.title}</title>
      </head>
      <body>
        <h1>{t.file.title}</h1>
        <p>{t.file.made(formatDateTime(now, lang))}</p>
        <dl>
          {[...factsOf(lang, holdings), { label: t.contact, value: shown }, { label: t.until, value: untilOf(lang, holdings) }].map(({ label, value }) => <><dt><b>{label}</b></dt><dd>{value}</dd></>)}
          <dt><b>{t.openings}</b></dt>
          <dd>{holdings.openings.length === 0 ? t.openingsNone : holdings.openings.map(({ at, byPerson }) => <p>{formatDateTime(at, lang)}: {byPerson ? t.byPerson : t.byMachine}</p>)}</dd>
          <dt><b>{t.file.ask}</b></dt>
          <dd>{holdings.requests.map((request) => (
            <p>{request.code} · {REQUEST_RULES[request.kind].label[lang]} · {formatDate(request.filedAt)} · {t.states[request.state]}{request.words && `: ${request.words}`}{request.outcome && ` → ${request.outcome}`}</p>
          ))}</dd>
        </dl>
        <p>{t.notHere}</p>
      </body>
    </html>
  );
}
