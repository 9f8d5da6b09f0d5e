import type { VNode } from 'preact';
import { CHANNELS } from '#catalogue/channels.ts';
import { Badge, type Tone } from '#web/badge.tsx';
import { Disclosure } from '#web/disclosure.tsx';
import { Button, Form } from '#web/form.tsx';
import { formatBytes, formatDateTime } from '#web/format.ts';
import { messages, type Lang } from '#web/i18n/index.ts';
import { Kv, type KvItem } from '#web/kv.tsx';
import { Panel } from '#web/panel.tsx';
import type { ArrivalView } from '../queries/conversation.ts';

/** How the report came in, and what came after it by the same way. */
export function ArrivalPanel({ lang, arrivals }: { lang: Lang; arrivals: readonly ArrivalView[] }): VNode | null {
  const t = messages(lang).console.arrival;
  const [first, ...later] = [...arrivals].sort((a, b) => Number(b.first) - Number(a.first));
  if (!first) return null;
  return (
    <Panel title={t.title}>
      <Facts lang={lang} one={first} />
      {later.length > 0 && (
        <Disclosure summary={t.later(String(later.length), later.length === 1)}>{later.map((one) => <Facts lang={lang} one={one} />)}</Disclosure>
      )}
    </Panel>
  );
}

function Facts({ lang, one }: { lang: Lang; one: ArrivalView }): VNode {
  const t = messages(lang).console.arrival;
  const facts: (KvItem | false)[] = [
    { label: t.by, value: <Way lang={lang} one={one} /> },
    { label: t.to, value: <span class="hash">{one.receiver}</span> },
    { label: t.at, value: formatDateTime(one.arrivedAt, lang) },
    one.documentNumber !== null && { label: t.document, value: `${one.documentNumber}/${one.documentYear}` },
    one.auth !== null && { label: t.sender, value: <Proofs lang={lang} auth={one.auth} /> },
    one.sha256 !== null && {
      label: t.original,
      value: <>{t.sealed}{one.bytes !== null && `, ${formatBytes(one.bytes, lang)}`}<small class="sub">SHA-256 <span class="mono hash">{one.sha256}</span></small>{one.bytes !== null && one.first && DOCUMENTS.includes(one.media) && <OpenOriginal lang={lang} id={one.id} />}</>,
    },
  ];
  return <Kv items={facts.filter((fact) => fact !== false)} />;
}

/** Forms whose original is the document itself; what a person sent stays sealed with who sent it. */
const DOCUMENTS: readonly string[] = ['edxml', 'letter', 'xarf', 'misp'];

/** Takes the original out, which the journal notes. */
function OpenOriginal({ lang, id }: { lang: Lang; id: string }): VNode {
  return <Form action={`/can-bo/kenh/cach-ly/${id}/ban-goc`}><Button kind="plain">{messages(lang).console.arrival.open}</Button></Form>;
}

/** The channel, and in what form, where that says more. */
function Way({ lang, one }: { lang: Lang; one: ArrivalView }): VNode {
  const { media } = messages(lang).console.arrival;
  const plain = one.media === 'mail' || one.media === 'sms';
  return <>{CHANNELS.find(({ code }) => code === one.channel)?.label[lang]}{!plain && `, ${media[one.media]}`}</>;
}

/** Results of RFC 8601 in words: proved, contradicted, unproved. */
const RESULTS: Readonly<Record<string, { readonly key: 'pass' | 'fail' | 'weak' | 'none' | 'error'; readonly tone: Tone }>> = {
  pass: { key: 'pass', tone: 'moss' }, fail: { key: 'fail', tone: 'amber' }, hardfail: { key: 'fail', tone: 'amber' }, softfail: { key: 'weak', tone: 'amber' }, policy: { key: 'weak', tone: 'amber' },
  neutral: { key: 'none', tone: 'plain' }, none: { key: 'none', tone: 'plain' }, temperror: { key: 'error', tone: 'plain' }, permerror: { key: 'error', tone: 'plain' },
};
const METHODS = [['spf', 'SPF'], ['dkim', 'DKIM'], ['dmarc', 'DMARC']] as const;

function Proofs({ lang, auth }: { lang: Lang; auth: NonNullable<ArrivalView['auth']> }): VNode {
  const t = messages(lang).console.arrival;
  return (
    <>
      {METHODS.map(([method, name]) => {
        const result = RESULTS[auth[method]?.toLowerCase() ?? 'none'] ?? { key: 'error', tone: 'plain' };
        return <><Badge tone={result.tone}>{name} {t.results[result.key]}</Badge>{' '}</>;
      })}
    </>
  );
}
