import type { VNode } from 'preact';
import { DEADLINES } from '#core/deadlines.ts';
import { explain } from '#modules/directory/index.ts';
import { Badge } from '#web/badge.tsx';
import { Callout } from '#web/callout.tsx';
import { Disclosure } from '#web/disclosure.tsx';
import { Empty } from '#web/empty.tsx';
import { Button, ButtonLink, ButtonRow, Checkbox, ErrorSummary, Form, RadioCards, TextArea } from '#web/form.tsx';
import { formatNumber } from '#web/format.ts';
import { messages, type Lang } from '#web/i18n/index.ts';
import { Kv } from '#web/kv.tsx';
import { Panel } from '#web/panel.tsx';
import { ROUTING, transferHref } from '../addresses.ts';
import type { Candidate, Thing } from '../types.ts';
import { briefItems, named, type Typed } from './parts.tsx';

interface ProposeProps {
  readonly lang: Lang;
  readonly thing: Thing;
  readonly candidates: readonly Candidate[];
  /** Code of the proposal that waits for an answer. */
  readonly open: string | null;
  readonly typed: Typed | null;
}

/** Bars that concern the case, not one receiver: then nobody can be asked. */
const OF_THE_CASE: readonly (string | null)[] = ['closed', 'deciding', 'decision', 'appeal', 'in_case', 'not_lead'];

/** Who is competent by harm, place and day, with law and reason, and the form that asks one of them. */
export function ProposePage({ lang, thing, candidates, open, typed }: ProposeProps): VNode {
  const t = messages(lang).routing;
  const able = candidates.filter(({ bar }) => bar === null);
  const barred = candidates.filter(({ bar }) => bar !== null);
  const stuck = barred.find(({ bar }) => OF_THE_CASE.includes(bar))?.bar ?? null;
  return (
    <>
      <h1>{t.propose.title(thing.number)}</h1>
      <p class="lead">{t.propose.lead(formatNumber(DEADLINES.transfer.amount, lang))}</p>
      {typed?.refused && <Callout kind="look" role="alert" title={t.propose.barred}>{typed.refused}</Callout>}
      <ErrorSummary lang={lang} errors={typed?.errors ?? {}} />
      <Kv items={briefItems(lang, { ...thing, commune: thing.commune && (lang === 'vi' ? thing.commune.fullName : thing.commune.fullNameEn) })} />
      <Panel title={t.propose.now}>
        <p>{explain(candidates, lang)}</p>
      </Panel>
      {open ? (
        <Callout kind="note" title={t.propose.open(open)}><a href={transferHref(open)}>{t.propose.openLink}</a></Callout>
      ) : stuck ? (
        <Callout kind="look" title={t.propose.barred}>{t.bars[stuck]}</Callout>
      ) : able.length === 0 ? (
        <Empty title={t.propose.nobody}>{t.propose.nobodyHelp}</Empty>
      ) : (
        <Form action={`${ROUTING}/moi`} hidden={{ [thing.kind === 'case' ? 'vu-viec' : 'phan-anh']: thing.number }} keep={`chuyen-${thing.number}`} lang={lang}>
          <RadioCards
            lang={lang} name="to" label={t.propose.to} value={typed?.values['to'] ?? (able.length === 1 ? able[0]!.agencyId : undefined)} error={typed?.errors['to']}
            options={able.map((one) => ({ value: one.agencyId, label: <>{named(one, lang)} <Badge tone="leaf">{one.role === 'lead' ? t.propose.leads : t.propose.coordinates}</Badge></>, hint: why(lang, one) }))}
          />
          <TextArea lang={lang} name="reason" label={t.propose.reason} hint={t.propose.reasonHint} value={typed?.values['reason']} error={typed?.errors['reason']} rows={4} maxlength={1000} />
          {thing.kind === 'case' && able.some(({ coordinates }) => coordinates) && <Checkbox lang={lang} name="agree" label={t.propose.agree} checked={Boolean(typed?.values['agree'])} />}
          <p class="hint">{t.propose.sees}</p>
          <ButtonRow><Button>{t.propose.submit}</Button><ButtonLink kind="plain" href={ROUTING}>{messages(lang).routing.title}</ButtonLink></ButtonRow>
        </Form>
      )}
      {!stuck && barred.length > 0 && (
        <Disclosure summary={t.propose.others}>
          <ul>
            {barred.map((one) => (
              <li>
                <b>{named(one, lang)}</b>: {t.bars[one.bar!]} {one.heirs.length > 0 && t.propose.heirs(one.heirs.join(', '))}
              </li>
            ))}
          </ul>
        </Disclosure>
      )}
    </>
  );
}

/** Why an agency is competent, and by which law. */
function why(lang: Lang, one: Candidate): string {
  return `${lang === 'vi' ? one.whyVi : one.whyEn} ${messages(lang).routing.propose.law}: ${one.law}.`;
}
