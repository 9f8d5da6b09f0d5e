import type { ComponentChildren, VNode } from 'preact';
import { CATEGORIES } from '#catalogue/categories.ts';
import { situationsFor, type Situation } from '#catalogue/first-aid.ts';
import { Callout } from '#web/callout.tsx';
import { Button, Checkbox, ErrorSummary, fieldId, FileField, Form, RadioCards, TextField, type FieldErrors } from '#web/form.tsx';
import { formatNumber } from '#web/format.ts';
import { messages, type Lang } from '#web/i18n/index.ts';
import { Icon } from '#web/icons.tsx';
import { Kbd } from '#web/kbd.tsx';
import { links, localPath } from '#web/links.ts';
import { Panel } from '#web/panel.tsx';
import type { CounterChannel } from '../commands/counter.ts';
import type { Known, TraceOption } from '../counter/known.ts';

export const COUNTER_PATH = '/can-bo/tiep-nhan';

/** Names of the fields; the answers are named as in the public form. */
export type CounterField =
  | 'narrative' | 'traces' | 'category' | 'situation' | 'money_lost' | 'happened_on' | 'commune_text' | 'in_danger' | 'for_child' | 'phone' | 'name' | 'email' | 'language' | 'document';

export interface CounterProps {
  readonly lang: Lang;
  /** Address of `counter.css`, which only the pages of the counter need. */
  readonly stylesheet: string;
  readonly channel: CounterChannel;
  readonly fields: Readonly<Partial<Record<CounterField, string>>>;
  readonly errors: FieldErrors;
  /** Names this sending. */
  readonly formKey: string;
  /** What is known of the traces, when it was asked for. */
  readonly known: Known | null;
  /** Files came along and could not be kept. */
  readonly filesLost: boolean;
  /** The form was sent before with other answers. */
  readonly conflict: boolean;
  readonly communes: readonly string[];
  readonly traces: readonly TraceOption[];
  /** The register of incoming documents, where the officer's agency keeps it. */
  readonly register: { readonly agency: string; readonly year: number } | null;
}

/** Takes a call, a visit or a letter, in the order of a conversation; what to tell the caller stands beside it. */
export function CounterPage(props: CounterProps): VNode {
  const { lang, fields, errors } = props;
  const t = messages(lang).channels.counter;
  const failed = Object.values(errors).some(Boolean);
  return (
    <>
      <link rel="stylesheet" href={props.stylesheet} />
      <header class="subject">
        <h1>{t.title}</h1>
        <p class="hint">{t.lead}</p>
      </header>
      <ErrorSummary lang={lang} errors={errors} />
      {props.conflict && <Callout kind="look" role="alert">{t.conflict}</Callout>}
      {props.filesLost && <Callout kind="look" role="alert">{props.known ? t.known.filesLost : t.filesAgain}</Callout>}
      <Form action={COUNTER_PATH} multipart class="take" hidden={{ khoa: props.formKey }}>
        <div class="ask">
          <RadioCards lang={lang} inline name="kenh" label={t.channel} value={props.channel} options={(['phone', 'walk_in', 'post'] as const).map((value) => ({ value, label: t.channelNames[value] }))} />
          <Line lang={lang} area name="narrative" label={t.narrative} hint={t.narrativeHint} value={fields.narrative} error={errors.narrative} autofocus={!failed && !props.known} />
          <Line lang={lang} name="traces" label={t.traces} hint={t.tracesHint} value={fields.traces} error={errors.traces} list={props.traces} />
          <p class="after"><Button kind="quiet" small icon="search" name="go" value="xem">{t.look}</Button> <small class="keys">{t.lookHint}</small></p>
          {props.known && <KnownNote lang={lang} known={props.known} />}
          <Categories lang={lang} value={fields.category} error={errors.category} />
          <div class="three">
            <TextField lang={lang} name="money_lost" label={t.money} hint={t.moneyHint} value={fields.money_lost} error={errors.money_lost} autocomplete="off" />
            <TextField lang={lang} name="happened_on" label={t.when} hint={t.whenHint} value={fields.happened_on} error={errors.happened_on} autocomplete="off" />
            <Line lang={lang} name="commune_text" label={t.commune} hint={t.communeHint} value={fields.commune_text} error={errors.commune_text} list={props.communes.map((value) => ({ value, label: '' }))} />
          </div>
          <fieldset class="f">
            <legend>{t.urgent}</legend>
            <div class="opts inline">
              <Checkbox lang={lang} name="in_danger" label={t.inDanger} checked={Boolean(fields.in_danger)} />
              <Checkbox lang={lang} name="for_child" label={t.forChild} checked={Boolean(fields.for_child)} />
            </div>
          </fieldset>
          <fieldset class="f">
            <legend>{t.contact}</legend>
            <p class="hint">{t.contactHint}</p>
            <div class="three">
              <TextField lang={lang} name="phone" type="tel" inputmode="tel" label={t.phone} value={fields.phone} error={errors.phone} autocomplete="off" />
              <TextField lang={lang} name="name" label={t.name} value={fields.name} error={errors.name} autocomplete="off" maxlength={100} />
              <TextField lang={lang} name="email" type="email" inputmode="email" label={t.email} value={fields.email} error={errors.email} autocomplete="off" spellcheck={false} />
            </div>
          </fieldset>
          <RadioCards lang={lang} inline name="language" label={t.language} value={fields.language ?? 'vi'} options={(['vi', 'en'] as const).map((value) => ({ value, label: t.languages[value] }))} />
          <Letter {...props} />
          <p class="after"><Button name="go" value="gui">{t.submit}</Button> <small class="keyed keys"><Kbd>Ctrl</Kbd> <Kbd>Enter</Kbd> {t.keys}</small></p>
        </div>
        <Aid lang={lang} category={fields.category} situation={fields.situation} />
      </Form>
    </>
  );
}

interface LineProps {
  readonly lang: Lang;
  readonly name: CounterField;
  readonly label: string;
  readonly hint: ComponentChildren;
  readonly value?: string;
  readonly error?: string;
  /** Several lines. */
  readonly area?: boolean;
  readonly autofocus?: boolean;
  /** Offered by the browser while typing. */
  readonly list?: readonly TraceOption[];
}

/** A field that begins with the focus, or that offers what is known. @NOTE the fields of #web/form.tsx do neither. */
function Line({ lang, name, label, hint, value, error, area, autofocus, list }: LineProps): VNode {
  const id = fieldId(name);
  const common = {
    id, name, value, autofocus, autocomplete: 'off', 'aria-describedby': error ? `${id}-hint ${id}-error` : `${id}-hint`, 'aria-invalid': error ? 'true' as const : undefined,
  };
  return (
    <div class={error ? 'f bad' : 'f'}>
      <label for={id}>{label}</label>
      <p class="hint" id={`${id}-hint`}>{hint}</p>
      {error && (
        <p class="err" id={`${id}-error`}>
          <Icon name="warning" size={18} />
          <span><span class="vh">{messages(lang).common.form.errorPrefix} </span>{error}</span>
        </p>
      )}
      {area ? <textarea {...common} class="t" rows={4} maxLength={5000} /> : <input {...common} class="t" maxLength={2000} spellcheck={false} list={list && `${id}-list`} />}
      {list && <datalist id={`${id}-list`}>{list.map((option) => <option value={option.value} label={option.label || undefined} />)}</datalist>}
    </div>
  );
}

/** What the office knows of the traces: to be told to the caller before anything else. */
function KnownNote({ lang, known }: { lang: Lang; known: Known }): VNode {
  const { channels: { counter: { known: t } }, console, common } = messages(lang);
  const nothing = known.cases.length === 0 && known.warnings.length === 0;
  const title = known.traces.length === 0 ? t.noTraces : nothing ? t.none : known.warnings.length > 0 ? t.warningTitle : t.title;
  const beside = (href: string, label: string): VNode => (
    <a href={href} target="_blank" rel="noopener">{label}<span class="vh"> ({common.opensNewTab})</span></a>
  );
  return (
    <div class={nothing ? 'call note' : 'call look'} tabIndex={-1} autofocus>
      <Icon name={nothing ? 'info' : 'megaphone'} />
      <div>
        <strong>{title}</strong>
        {nothing && <p>{known.traces.length === 0 ? t.noTracesText : t.noneText(known.traces.slice(0, 5).join(', '))}</p>}
        {!nothing && (
          <ul>
            {known.warnings.map((warning) => <li>{t.warning} {beside(`${links.warnings}/${warning.slug}`, warning.title)}</li>)}
            {known.cases.map((found) => (
              <li>
                {beside(`/can-bo/vu-viec/${found.number}`, found.number)}: {found.title}
                <small>{t.reports(formatNumber(found.reports, lang), found.reports === 1)} {t.about(found.traces.join(', '))}. {console.caseState[found.state]}.</small>
              </li>
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}

/** The closed list, each with the digit that chooses it. */
function Categories({ lang, value, error }: { lang: Lang; value?: string; error?: string }): VNode {
  const t = messages(lang).channels.counter;
  return (
    <div class="kinds">
      <RadioCards lang={lang} name="category" label={t.category} hint={<span class="keyed">{t.categoryHint}</span>} error={error} value={value}
        options={CATEGORIES.map(({ code, plain }, at) => ({ value: code, label: <><Kbd>{String((at + 1) % 10)}</Kbd> {plain[lang]}</> }))} />
    </div>
  );
}

/** Register number and scans; shown when a letter is taken. */
function Letter({ lang, fields, errors, register }: CounterProps): VNode {
  const t = messages(lang).channels.counter;
  return (
    <fieldset class="f letter">
      <legend>{t.post}</legend>
      <p class="hint">{t.nothingWithoutPost}</p>
      {register && (
        <div class="numbered">
          <TextField lang={lang} name="document" label={t.document(String(register.year))} hint={t.documentHint(register.agency)} value={fields.document} error={errors.document} inputmode="numeric" autocomplete="off" maxlength={7} width="short" />
          <Button kind="quiet" name="go" value="so">{t.nextNumber}</Button>
        </div>
      )}
      <FileField lang={lang} name="scans" label={t.scans} hint={t.scansHint} error={errors.scans} accept="image/jpeg,image/png,application/pdf" />
    </fieldset>
  );
}

/** Sentences to read out: those that fit in one breath. */
const READ_OUT = 3;

/** What the caller should do now, for the category chosen; the page's styles show the one that is meant. */
function Aid({ lang, category, situation }: { lang: Lang; category?: string; situation?: string }): VNode {
  const t = messages(lang).channels.counter.aid;
  return (
    <div class="aids">
      <Panel title={t.title}>
        <p class="hint none-yet">{t.lead}</p>
        {CATEGORIES.map(({ code }) => {
          const situations = situationsFor(code);
          const usual = situations.find((one) => one.general)!;
          return (
            <div class={`aid aid-${code}`}>
              <p class="what">{usual.title[lang]}</p>
              <Steps lang={lang} situation={usual} usual />
              {situations.length > 1 && (
                <fieldset>
                  <legend>{t.which}</legend>
                  {situations.filter((one) => !one.general).map((one) => (
                    <div class="which">
                      <input type="radio" name="situation" value={one.key} id={`s-${code}-${one.key}`} checked={code === category && one.key === situation} />
                      <label for={`s-${code}-${one.key}`}>{one.title[lang]}</label>
                      <Steps lang={lang} situation={one} />
                    </div>
                  ))}
                </fieldset>
              )}
            </div>
          );
        })}
      </Panel>
    </div>
  );
}

function Steps({ lang, situation, usual }: { lang: Lang; situation: Situation; usual?: boolean }): VNode {
  const { channels: { counter: { aid } }, common } = messages(lang);
  return (
    <div class={usual ? 'steps-now usual' : 'steps-now'}>
      <ol>{situation.now.slice(0, READ_OUT).map((step) => <li>{step[lang]}</li>)}</ol>
      <p><a href={localPath(lang, `${links.firstSteps}/${situation.key}`)} target="_blank" rel="noopener">{aid.full}<span class="vh"> ({common.opensNewTab})</span></a></p>
    </div>
  );
}
