import type { VNode } from 'preact';
import { Callout } from '#web/callout.tsx';
import { Empty } from '#web/empty.tsx';
import { Button, ButtonLink, ButtonRow, ErrorSummary, fieldId, Form, TextField } from '#web/form.tsx';
import { formatNumber } from '#web/format.ts';
import { messages, type Lang } from '#web/i18n/index.ts';
import { Icon } from '#web/icons.tsx';
import { Panel } from '#web/panel.tsx';
import { mayMerge } from '../policy.ts';
import type { CaseRef } from '../queries.ts';
import type { ChosenReport, Likeness, TargetCase, Weight } from '../queries/grouping.ts';
import { Stories } from './alike.tsx';
import { caseHref } from './cases.tsx';
import { ConflictNote, errorsOf, valueOf, type Typed } from './flash.tsx';
import { weightWords } from './history.tsx';
import { reportHref } from './report.tsx';
import { CaseBadge, CategoryBadge, firstWords, Heading, SafeText } from './words.tsx';

/** What is done with reports: moved to a case, split off into a new one, or all of them merged. */
export type Deed = 'chuyen' | 'tach' | 'gop';

/** Why a case cannot take the reports; one word for one sentence. */
export type TargetBar = 'unknown' | 'same' | 'closed' | 'not_linking';

export interface RegroupProps {
  readonly lang: Lang;
  readonly deed: Deed;
  readonly from: CaseRef | null;
  /** One report, from its own page. */
  readonly alone: boolean;
  /** Where the forms go. */
  readonly address: string;
  readonly reports: readonly ChosenReport[];
  readonly target: TargetCase | null;
  readonly bar: TargetBar | null;
  readonly typedTarget: string;
  readonly weight: Weight;
  readonly targets: readonly TargetCase[];
  readonly alike: readonly Likeness[];
  readonly typed?: Typed;
}

/** Cases named as buttons; all the others are found by typing. */
const NAMED = 5;
const SHOWN = 6;

/** Moving, splitting or merging: first where to, then what will happen and why. */
export function RegroupPage(props: RegroupProps): VNode {
  const { lang, deed, from, target, typed, alone } = props;
  const t = messages(lang).console.regroup;
  const choosing = deed !== 'tach' && !target;
  const count = t.reports(formatNumber(props.weight.reports, lang), props.weight.reports === 1);
  const nothing = deed !== 'gop' && props.reports.length === 0;
  return (
    <>
      <Heading title={choosing || nothing ? t.titles[deed] : t.questions[deed](count)} lead={from ? `${from.number}: ${from.title}` : undefined} />
      <ConflictNote lang={lang} typed={typed} />
      {typed && !typed.conflict && <ErrorSummary lang={lang} errors={typed.errors} />}
      {nothing ? <Empty icon="list" title={t.nothingChosen} action={{ href: backHref(props), label: messages(lang).common.button.back }}>{t.nothingChosenHelp}</Empty>
        : choosing ? <Where {...props} /> : deed === 'tach' && props.weight.stay === 0 ? <NothingLeft {...props} /> : <Confirm {...props} />}
      {alone && !nothing && choosing && from && deed === 'chuyen' && props.weight.stay > 0 && (
        <Form action={props.address} method="get" hidden={{ viec: 'tach' }}><p class="hint">{t.orSplit}</p><Button kind="quiet">{t.titles.tach}</Button></Form>
      )}
    </>
  );
}

function backHref({ from, alone, reports, address }: RegroupProps): string {
  if (alone) return reports[0] ? reportHref(reports[0].code) : address.replace(/\/chuyen$/, '');
  return caseHref(from!.number);
}

/** What the next page must know again. */
function Carried({ deed, alone, reports }: RegroupProps): VNode {
  return (
    <>
      <input type="hidden" name="viec" value={deed} />
      {!alone && reports.map(({ code }) => <input type="hidden" name="phan-anh" value={code} />)}
    </>
  );
}

function Where(props: RegroupProps): VNode {
  const { lang, deed, address, targets, alike } = props;
  const t = messages(lang).console.regroup;
  const open = alike.filter((one) => one.case && one.case.state !== 'closed');
  const suggested = new Set(open.map((one) => one.case!.id));
  const named = targets.filter(({ id }) => !suggested.has(id)).slice(0, NAMED);
  return (
    <>
      <Form action={address} method="get">
        <Carried {...props} />
        <TargetField {...props} />
        <ButtonRow>
          <Button>{t.continue}</Button>
          <ButtonLink kind="plain" href={backHref(props)}>{messages(lang).common.button.back}</ButtonLink>
        </ButtonRow>
      </Form>
      {(open.length > 0 || named.length > 0) && (
        <Form action={address} method="get" label={t.orNamed}>
          <Carried {...props} />
          {open.length > 0 && (
            <Panel title={messages(lang).console.alike.title}>
              <p class="hint">{messages(lang).console.alike.onlySuggests}</p>
              <ul class="lines targets">{open.map((one) => <li><TargetLine lang={lang} deed={deed} one={one.case!} /><Stories lang={lang} one={one} /></li>)}</ul>
            </Panel>
          )}
          {named.length > 0 && <Panel title={t.named}><ul class="lines targets">{named.map((one) => <li><TargetLine lang={lang} deed={deed} one={one} /></li>)}</ul></Panel>}
        </Form>
      )}
    </>
  );
}

/** The number of the case, with the open cases to search by typing where the browser can. */
function TargetField({ lang, targets, bar, typedTarget, typed }: RegroupProps): VNode {
  const t = messages(lang).console.regroup;
  const id = fieldId('den');
  const error = bar ? t.bars[bar] : typed && errorsOf(typed, 'gop-tach').den;
  return (
    <div class={error ? 'f bad' : 'f'}>
      <label for={id}>{t.target}</label>
      <p class="hint" id={`${id}-hint`}>{t.targetHint}</p>
      {error && <p class="err" id={`${id}-error`}><Icon name="warning" size={18} /><span>{error}</span></p>}
      <input id={id} name="den" class="t medium" list="vu-viec-mo" value={typedTarget} autocomplete="off" autocapitalize="characters" spellcheck={false} maxLength={40}
        aria-describedby={error ? `${id}-hint ${id}-error` : `${id}-hint`} aria-invalid={error ? 'true' : undefined} />
      <datalist id="vu-viec-mo">{targets.map((one) => <option value={one.number}>{one.title}</option>)}</datalist>
    </div>
  );
}

function TargetLine({ lang, deed, one }: { lang: Lang; deed: Deed; one: TargetCase }): VNode {
  const t = messages(lang).console.regroup;
  return (
    <div class="target">
      <div>
        <b>{one.number}</b> {one.title}
        <small>{t.reports(formatNumber(one.reports, lang), one.reports === 1)} <CaseBadge lang={lang} state={one.state} /> <CategoryBadge lang={lang} code={one.category} /></small>
      </div>
      <Button kind="quiet" small name="den" value={one.number}>{t.choose[deed]}<span class="vh"> {one.number}</span></Button>
    </div>
  );
}

function Confirm(props: RegroupProps): VNode {
  const { lang, deed, address, target, typed, from, reports, weight } = props;
  const t = messages(lang).console.regroup;
  const other = target && reports.some(({ category }) => category !== target.category);
  return (
    <Form action={address}>
      <Carried {...props} />
      {target && <input type="hidden" name="den" value={target.number} />}
      <Panel>
        <p class="will"><strong>{sentence(props)}</strong></p>
        {target && <p>{target.number}: {target.title} <CaseBadge lang={lang} state={target.state} /> <CategoryBadge lang={lang} code={target.category} /></p>}
        {other && <p class="hint">{t.otherCategory}</p>}
        {(deed === 'gop' || (from !== null && weight.stay === 0)) && <p class="hint">{t.workStays}</p>}
        {reports.length > 0 && (
          <ul class="lines">
            {reports.slice(0, SHOWN).map((report) => <li><b>{report.code}</b> <SafeText text={firstWords(report.words, 100)} /></li>)}
            {reports.length > SHOWN && <li>{messages(lang).console.report.sameMore(formatNumber(reports.length - SHOWN, lang))}</li>}
          </ul>
        )}
      </Panel>
      <TextField lang={lang} name="reason" label={t.reason} hint={t.reasonHint} maxlength={500} value={valueOf(typed, 'gop-tach', 'reason')} error={errorsOf(typed, 'gop-tach').reason} />
      <ButtonRow>
        <Button>{t.dos[deed](t.reports(formatNumber(weight.reports, lang), weight.reports === 1))}</Button>
        <ButtonLink kind="plain" href={backHref(props)}>{messages(lang).common.button.back}</ButtonLink>
      </ButtonRow>
    </Form>
  );
}

function NothingLeft(props: RegroupProps): VNode {
  const { lang } = props;
  const t = messages(lang).console;
  return (
    <>
      <Callout kind="look" title={t.conflict.regroupTitle}>{t.conflict.regroup.nothing_left}</Callout>
      <p><ButtonLink kind="quiet" icon="back" href={backHref(props)}>{messages(lang).common.button.back}</ButtonLink></p>
    </>
  );
}

/** What will happen, in one sentence with numbers. */
function sentence({ lang, from, target, weight }: RegroupProps): string {
  const t = messages(lang).console.regroup;
  const what = weightWords(lang, weight);
  const goes = target ? t.goesTo(what, target.number) : t.goesNew(what);
  if (!from) return `${goes}.`;
  const rest = weight.stay > 0 ? t.stays(t.reports(formatNumber(weight.stay, lang), weight.stay === 1)) : mayMerge(from) ? t.ends : t.staysOpen;
  return `${goes}; ${rest}.`;
}
