import type { ComponentChildren, VNode } from 'preact';
import { CATEGORIES, categoryOf, type CategoryCode } from '#catalogue/categories.ts';
import { situationByKey, situationsFor } from '#catalogue/first-aid.ts';
import { hotlineByKey } from '#catalogue/hotlines.ts';
import { parseMoney } from '#core/vietnamese.ts';
import { Callout } from '#web/callout.tsx';
import { formatBytes, formatDate, formatMoney, formatNumber } from '#web/format.ts';
import {
  Button, ButtonRow, Checkbox, CheckboxList, ErrorSummary, fieldId, FileField, Form, RadioCards, Select, TextArea, TextField, type FieldErrors,
} from '#web/form.tsx';
import { messages, type Lang } from '#web/i18n/index.ts';
import { Icon } from '#web/icons.tsx';
import { PortalPage } from '#web/layout.tsx';
import { links, localPath } from '#web/links.ts';
import type { Frame } from '#web/portal-frame.ts';
import { Steps } from '#web/steps.tsx';
import { UrgentLine } from '#web/urgent-line.tsx';
import { chosenCategory, MOST_ASKED, takesPhotos, TRAP_FIELD, type FoundTrace, type Marks } from '../form-state.ts';
import type { AlreadyReported } from '../queries.ts';
import {
  FIELDS, findCommunes, LAST_STEP, OTHER, OUTSIDE, readDay, situationOf, STEP_FIELDS, type CommuneOption, type Field, type Fields,
  type Issues, type Step,
} from '../schema.ts';
import type { Upload } from '../types.ts';

export interface ReportPageProps {
  readonly frame: Frame;
  readonly now: Date;
  readonly step: Step;
  readonly fields: Fields;
  readonly issues: Issues;
  /** Sentences about files that were not taken. */
  readonly photoIssues: readonly string[];
  readonly token: string;
  readonly uploads: readonly Upload[];
  readonly communes: readonly CommuneOption[];
  /** The page was opened from the check page and goes back there. */
  readonly fromCheck: boolean;
  /** Sentences above everything: an expired page, dropped images. */
  readonly notices: readonly string[];
  /** "Something else" was chosen: say what the desk does. */
  readonly explainOther: boolean;
  /** What the reporter said of the traces so far. */
  readonly marks: Marks;
  /** Traces read in the answers and in QR codes. */
  readonly found: readonly FoundTrace[];
  /** What QR codes of the pictures say, as far as it is a trace. */
  readonly qr: string;
  readonly already: AlreadyReported | null;
}

interface StepProps extends ReportPageProps {
  readonly lang: Lang;
  readonly errors: FieldErrors;
}

/** One page of the report form; the answers of the other pages travel as hidden fields. */
export function ReportPage(props: ReportPageProps): VNode {
  const { lang } = props.frame;
  const t = messages(lang).portal.report;
  const title = t.titles[props.step - 1]!;
  const errors = errorWords(props, lang);
  const Body = BODIES[props.step];
  return (
    <PortalPage {...props.frame} title={title} path={links.report} current="report" noindex={props.step > 1}>
      <Steps lang={lang} step={props.step} total={LAST_STEP} />
      <ErrorSummary lang={lang} errors={errors} />
      {props.notices.length > 0 && (
        <Callout kind="look" role="status">
          {props.notices.join(' ')}
        </Callout>
      )}
      {props.step > 3 && props.fields.in_danger && <DangerCallout lang={lang} />}
      <Form action={localPath(lang, links.report)} hidden={hiddenFields(props)} multipart={props.step === 2 && takesPhotos(props.fields)}>
        <Body {...props} lang={lang} errors={errors} />
        <StepButtons lang={lang} step={props.step} />
        {props.already && props.step < LAST_STEP && <SendNow lang={lang} already={props.already} />}
        {props.step > 1 && <Trap lang={lang} />}
      </Form>
      <UrgentLine lang={lang} />
    </PortalPage>
  );
}

function errorWords({ issues, photoIssues }: ReportPageProps, lang: Lang): FieldErrors {
  const words = messages(lang).portal.issues;
  const own = Object.entries(issues).map(([field, issue]) => [field, words[issue]]);
  return { ...Object.fromEntries(own), ...(photoIssues.length > 0 && { photos: photoIssues.join(' ') }) };
}

function hiddenFields({ step, token, fromCheck, uploads, fields, marks, found, qr }: ReportPageProps): Record<string, string | number | undefined> {
  const asked: readonly Field[] = STEP_FIELDS[step];
  return {
    token, step, from: fromCheck ? 'check' : undefined, photos: uploads.map((upload) => upload.id).join(',') || undefined, qr: qr || undefined,
    ...(step === LAST_STEP ? { asked: found.slice(0, MOST_ASKED).map(({ id }) => id).join(',') || undefined } : hiddenMarks(marks)),
    ...hiddenAnswers(fields, asked),
  };
}

/** The answers that are not asked for on this page, for the way. */
export function hiddenAnswers(fields: Fields, asked: readonly Field[]): Record<string, string | undefined> {
  return Object.fromEntries(FIELDS.filter((field) => !asked.includes(field) && fields[field]).map((field) => [field, fields[field]]));
}

/** What was said of the traces, for the way. */
export function hiddenMarks({ asked, innocent }: Marks): Record<string, string | undefined> {
  return { asked: [...asked].join(',') || undefined, innocent: [...innocent].join(',') || undefined };
}

/** A field nobody sees; a program that fills in everything gives itself away, and is asked to press again. */
export function Trap({ lang }: { lang: Lang }): VNode {
  return (
    <p class="vh" aria-hidden="true">
      <label>
        {messages(lang).portal.report.trapLabel}
        <input name={TRAP_FIELD} tabIndex={-1} autocomplete="off" />
      </label>
    </p>
  );
}

/** Others met it: one press sends what there is. Stands after the other buttons, so that Enter in a field goes on. */
function SendNow({ lang, already }: { lang: Lang; already: AlreadyReported }): VNode {
  const t = messages(lang).portal.report;
  return (
    <Callout kind="note" title={alreadyWords(lang, already)}>
      <WarningLine lang={lang} already={already} />
      <p>{t.metHint}</p>
      <Button kind="quiet" small name="go" value="met">
        {t.met}
      </Button>
    </Callout>
  );
}

function StepButtons({ lang, step }: { lang: Lang; step: Step }): VNode {
  const { portal, common } = messages(lang);
  const isLast = step === LAST_STEP;
  return (
    <ButtonRow>
      <Button name="go" value={isLast ? 'send' : 'next'}>
        {isLast ? portal.report.send : common.button.continue}
      </Button>
      {step > 1 && (
        <Button kind="quiet" name="go" value="back">
          {common.button.back}
        </Button>
      )}
    </ButtonRow>
  );
}

function DangerCallout({ lang }: { lang: Lang }): VNode {
  const t = messages(lang).portal.report;
  return (
    <Callout kind="sos" title={<a href="tel:113">{t.dangerTitle}</a>}>
      {t.dangerText}
    </Callout>
  );
}

const BODIES: Readonly<Record<Step, (props: StepProps) => VNode>> = {
  1: CategoryStep, 2: StoryStep, 3: MoreStep, 4: PlaceStep, 5: ContactStep, 6: CheckStep,
};

function CategoryStep({ lang, fields, errors, explainOther }: StepProps): VNode {
  const t = messages(lang).portal.report;
  const options = CATEGORIES.map((category) => ({ value: category.code, label: category.plain[lang], hint: category.hint[lang] }));
  return (
    <>
      {explainOther && <OtherExplained lang={lang} />}
      <RadioCards
        lang={lang}
        name="category"
        heading
        label={t.titles[0]}
        hint={t.categoryHint}
        error={errors.category}
        value={fields.category}
        options={[...options, { value: OTHER, label: t.other, hint: t.otherHint }]}
      />
      <Callout kind="sos" title={t.moneyFirstTitle}>
        {t.moneyFirst} <a href={localPath(lang, `${links.firstSteps}/transfer_just_made`)}>{t.moneyFirstLink}</a>
      </Callout>
    </>
  );
}

function OtherExplained({ lang }: { lang: Lang }): VNode {
  const t = messages(lang).portal.report;
  const portalNumber = hotlineByKey('public_services')!.number;
  return (
    <Callout kind="note" title={t.otherTitle} role="status">
      <p>{t.otherText}</p>
      <ul>
        {t.otherNearest.map((line) => (
          <li>{line}</li>
        ))}
      </ul>
      <p>
        {t.otherNot} <a href={localPath(lang, '/dieu-khong-lam')}>{messages(lang).portal.notDone.title}</a>.
      </p>
      <p>
        {t.otherElse} <a href={`tel:${portalNumber}`}>{portalNumber}</a>.
      </p>
    </Callout>
  );
}

function StoryStep(props: StepProps): VNode {
  const { lang, fields, errors } = props;
  const t = messages(lang).portal.report;
  const isIntimate = !takesPhotos(fields);
  return (
    <>
      <h1>{t.titles[1]}</h1>
      {isIntimate && (
        <Callout kind="note" title={t.intimateTitle}>
          <p>{t.intimateText}</p>
          <p>
            <Button kind="quiet" small name="go" value="hash">
              {t.hashLink}
            </Button>
            <br />
            <small>{t.hashHint}</small>
          </p>
          <p>
            <a href="tel:111">{t.intimateChild}</a>
          </p>
        </Callout>
      )}
      <TextArea lang={lang} name="narrative" label={t.narrative} hint={t.narrativeHint} error={errors.narrative} value={fields.narrative} rows={6} />
      <TextArea lang={lang} name="traces" label={t.traces} hint={t.tracesHint} error={errors.traces} value={fields.traces} rows={3} optional />
      {!isIntimate && (
        <PhotoFields
          lang={lang}
          uploads={props.uploads}
          error={errors.photos}
          leads={<QrLeads lang={lang} found={props.found} />}
          button={
            <Button kind="quiet" small name="go" value="add-photo">
              {t.addPhoto}
            </Button>
          }
        />
      )}
    </>
  );
}

/** Where QR codes in the pictures lead, defanged or masked. */
function QrLeads({ lang, found }: { lang: Lang; found: readonly FoundTrace[] }): VNode | null {
  const pictured = found.filter(({ fromPicture }) => fromPicture);
  if (pictured.length === 0) return null;
  return (
    <p role="status">
      {messages(lang).portal.report.qrLeads}{' '}
      {pictured.map(({ display }, index) => (
        <>
          {index > 0 && ', '}
          <span class="url">{display}</span>
        </>
      ))}
    </p>
  );
}

interface PhotoFieldsProps {
  readonly lang: Lang;
  readonly uploads: readonly Upload[];
  readonly error?: string;
  readonly leads?: VNode;
  readonly button?: VNode;
}

/** Pictures received, each with a button to drop it, and the field for more; for the report and for replies. */
export function PhotoFields({ lang, uploads, error, leads, button }: PhotoFieldsProps): VNode {
  const { portal, common } = messages(lang);
  const t = portal.report;
  return (
    <>
      {uploads.length > 0 && (
        <>
          <h2>{t.photosKept}</h2>
          <ul class="photos">
            {uploads.map((upload) => (
              <li>
                <Icon name="image" />
                <span>
                  {upload.name} <small>{formatBytes(upload.bytes, lang)}</small>
                </span>
                <Button kind="plain" small name="go" value={`remove-photo-${upload.id}`}>
                  {common.button.remove}
                  <span class="vh"> {upload.name}</span>
                </Button>
              </li>
            ))}
          </ul>
          {leads}
        </>
      )}
      <FileField
        lang={lang}
        name="photos"
        label={t.photos}
        hint={t.photosHint}
        error={error}
        maxFiles={5}
        maxMegabytes={10}
        accept="image/jpeg,image/png,image/webp"
        optional
      />
      {button && <p>{button}</p>}
    </>
  );
}

/** Where losing money makes no sense as a question. */
const NO_MONEY: readonly CategoryCode[] = ['spam_calls_messages', 'false_emergency_alert'];
/** Where a child changes what happens first. */
const CHILD: readonly CategoryCode[] = ['intimate_images', 'threat_harassment', 'personal_data_abuse', 'illegal_gambling_ads', 'scam'];

function MoreStep({ lang, fields, errors }: StepProps): VNode {
  const t = messages(lang).portal.report;
  const category = chosenCategory(fields);
  const situations = category ? situationsFor(category).filter((situation) => !situation.general) : [];
  const asksMoney = category === null || !NO_MONEY.includes(category) || Boolean(fields.money_lost);
  return (
    <>
      <h1>{t.titles[2]}</h1>
      {situations.length > 0 && (
        <Select
          lang={lang}
          name="situation"
          label={t.situation}
          hint={t.situationHint}
          value={fields.situation}
          prompt={t.situationNone}
          options={situations.map((situation) => ({ value: situation.key, label: situation.title[lang] }))}
          optional
        />
      )}
      {asksMoney ? (
        <TextField lang={lang} name="money_lost" label={t.money} hint={t.moneyHint} error={errors.money_lost} value={fields.money_lost} width="medium" autocomplete="off" optional />
      ) : null}
      <TextField lang={lang} name="happened_on" label={t.when} hint={t.whenHint} error={errors.happened_on} value={fields.happened_on} width="medium" autocomplete="off" optional />
      <Checkbox lang={lang} name="in_danger" label={t.danger} hint={t.dangerHint} checked={Boolean(fields.in_danger)} />
      {(category === null || CHILD.includes(category) || fields.for_child) && (
        <Checkbox lang={lang} name="for_child" label={t.child} hint={t.childHint} checked={Boolean(fields.for_child)} />
      )}
    </>
  );
}

function PlaceStep({ lang, fields, errors, communes }: StepProps): VNode {
  const t = messages(lang).portal.report;
  const lost = parseMoney(fields.money_lost ?? '') ?? 0;
  return (
    <>
      <h1>{t.titles[3]}</h1>
      <p class="lead">{t.communeHint}</p>
      {lost > 0 && (
        <Callout kind="sos" title={t.bankTitle}>
          {t.bankText}{' '}
          <NewTab lang={lang} path={`${links.firstSteps}/transfer_just_made`}>
            {t.moneyFirstLink}
          </NewTab>
        </Callout>
      )}
      <SuggestField lang={lang} value={fields.commune_text} error={errors.commune_text} options={communes.map((commune) => commune.name)} />
      <p class="or">{t.communeOr}</p>
      <Select
        lang={lang}
        name="commune"
        label={t.commune}
        error={errors.commune}
        value={fields.commune}
        options={[{ value: OUTSIDE, label: t.outside }, ...communes.map(({ code, name }) => ({ value: code, label: name }))]}
      />
    </>
  );
}

/** A link that keeps the half-filled form open. */
function NewTab({ lang, path, children }: { lang: Lang; path: string; children: ComponentChildren }): VNode {
  return (
    <a href={localPath(lang, path)} target="_blank" rel="noopener">
      {children}
      <span class="vh"> ({messages(lang).common.opensNewTab})</span>
    </a>
  );
}

/** A line of text that suggests the communes while typing. @NOTE `TextField` has no list of suggestions. */
function SuggestField({ lang, value, error, options }: { lang: Lang; value?: string; error?: string; options: readonly string[] }): VNode {
  const { portal, common } = messages(lang);
  const id = fieldId('commune_text');
  return (
    <div class={error ? 'f bad' : 'f'}>
      <label for={id}>{portal.report.communeText}</label>
      <p class="hint" id={`${id}-hint`}>
        {portal.report.communeTextHint}
      </p>
      {error && (
        <p class="err" id={`${id}-error`}>
          <Icon name="warning" size={18} />
          <span>
            <span class="vh">{common.form.errorPrefix} </span>
            {error}
          </span>
        </p>
      )}
      <input
        id={id}
        name="commune_text"
        class="t"
        value={value}
        list="communes"
        maxLength={100}
        autocomplete="off"
        spellcheck={false}
        aria-describedby={error ? `${id}-hint ${id}-error` : `${id}-hint`}
        aria-invalid={error ? 'true' : undefined}
      />
      <datalist id="communes">
        {options.map((name) => (
          <option value={name} />
        ))}
      </datalist>
    </div>
  );
}

function ContactStep({ lang, fields, errors }: StepProps): VNode {
  const t = messages(lang).portal.report;
  return (
    <>
      <RadioCards
        lang={lang}
        name="contact_kind"
        heading
        label={t.titles[4]}
        hint={t.contactHint}
        error={errors.contact_kind}
        value={fields.contact_kind}
        options={[
          { value: 'anonymous', label: t.anonymous, hint: t.anonymousHint },
          { value: 'contact', label: t.withContact, hint: t.withContactHint },
        ]}
      />
      <div class="if-contact">
        <TextField lang={lang} name="email" type="email" label={t.email} error={errors.email} value={fields.email} autocomplete="email" inputmode="email" spellcheck={false} optional />
        <TextField lang={lang} name="phone" type="tel" label={t.phone} error={errors.phone} value={fields.phone} autocomplete="tel" inputmode="tel" width="medium" optional />
        <TextField lang={lang} name="name" label={t.name} error={errors.name} value={fields.name} autocomplete="name" maxlength={100} optional />
        <Callout kind="note" title={t.sealedTitle}>
          {t.sealed}
        </Callout>
      </div>
    </>
  );
}

function CheckStep(props: StepProps): VNode {
  const { lang, found, already } = props;
  const t = messages(lang).portal.report;
  return (
    <>
      <h1>{t.titles[5]}</h1>
      {already && (
        <Callout kind="note" title={t.alreadyTitle}>
          <p>
            {alreadyWords(lang, already)} {t.alreadyStill}
          </p>
          <WarningLine lang={lang} already={already} />
        </Callout>
      )}
      <dl class="kv rows sum">
        {summary(props).map(({ step, label, lines }) => (
          <div>
            <dt>{label}</dt>
            <dd>
              <span class="change">
                <Button kind="plain" small name="go" value={`edit-${step}`}>
                  {messages(lang).common.button.edit}
                  <span class="vh"> {label}</span>
                </Button>
              </span>
              {lines.map((line) => (
                <p class="pre">{line}</p>
              ))}
            </dd>
          </div>
        ))}
      </dl>
      <QrLeads lang={lang} found={found} />
      {found.length > 0 && <FoundTraces lang={lang} found={found} />}
      <p class="hint">{t.sendHint}</p>
    </>
  );
}

/** What was read in the answers, each to be confirmed: a trace is kept only when the reporter says whose it is. */
function FoundTraces({ lang, found }: { lang: Lang; found: readonly FoundTrace[] }): VNode {
  const t = messages(lang).portal.report;
  const asked = found.slice(0, MOST_ASKED);
  return (
    <>
      <CheckboxList
        lang={lang}
        name="culprit"
        label={t.foundTitle}
        hint={t.foundText}
        values={asked.filter(({ culprit }) => culprit).map(({ id }) => id)}
        options={asked.map(({ id, kind, display, fromPicture, unusual }) => ({
          value: id,
          label: <span class="url">{display}</span>,
          hint: `${t.kinds[kind]}${fromPicture ? `, ${t.foundInPicture}` : ''}.${unusual ? ` ${t.foundUnusual}` : ''}`,
        }))}
      />
      {found.length > asked.length && <p class="hint">{t.foundMore(formatNumber(found.length - asked.length, lang))}</p>}
    </>
  );
}

/** How many others; small counts are not told exactly (S13). */
export function alreadyWords(lang: Lang, { reports, about }: AlreadyReported): string {
  const t = messages(lang).portal.report;
  return reports < 5 ? t.alreadySome(about) : t.already(formatNumber(reports, lang), about);
}

/** The warning there is about the same trace, opened beside the form. */
export function WarningLine({ lang, already: { warning } }: { lang: Lang; already: AlreadyReported }): VNode | null {
  if (!warning) return null;
  return (
    <p>
      {messages(lang).portal.report.alreadyWarning}{' '}
      <NewTab lang={lang} path={`${links.warnings}/${warning.slug}`}>
        {warning.title}
      </NewTab>
    </p>
  );
}

interface SummaryRow {
  readonly step: Step;
  readonly label: string;
  readonly lines: readonly string[];
}

/** The answers in words, one row for each thing that can be changed. */
function summary({ lang, fields, uploads, communes, now }: StepProps): readonly SummaryRow[] {
  const t = messages(lang).portal.report;
  const category = chosenCategory(fields);
  const situation = situationByKey(situationOf(fields) ?? '');
  const day = readDay(fields.happened_on ?? '', now);
  const money = parseMoney(fields.money_lost ?? '');
  const said = (...lines: (string | false | null | undefined)[]) => {
    const present = lines.filter((line): line is string => Boolean(line));
    return present.length > 0 ? present : [t.notSaid];
  };
  const photos: SummaryRow = { step: 2, label: t.summaryPhotos, lines: uploads.length > 0 ? uploads.map((upload) => upload.name) : [t.noPhotos] };
  return [
    { step: 1, label: t.summaryWhat, lines: said(category && categoryOf(category).plain[lang]) },
    { step: 2, label: t.summaryStory, lines: said(fields.narrative) },
    { step: 2, label: t.summaryTraces, lines: said(fields.traces) },
    ...(takesPhotos(fields) ? [photos] : []),
    {
      step: 3, label: t.summaryMore,
      lines: said(
        situation?.title[lang], money !== null && money > 0 && t.lost(formatMoney(money, lang)), day && t.happened(formatDate(day)),
        fields.in_danger && t.inDanger, fields.for_child && t.forChild,
      ),
    },
    { step: 4, label: t.summaryPlace, lines: [placeWords(fields, communes, t.outside)] },
    {
      step: 5, label: t.summaryContact,
      lines: fields.contact_kind === 'contact' ? said(fields.name, fields.email, fields.phone) : [t.anonymous],
    },
  ];
}

function placeWords(fields: Fields, communes: readonly CommuneOption[], outside: string): string {
  const chosen = communes.find((commune) => commune.code === fields.commune);
  if (chosen || fields.commune === OUTSIDE) return chosen?.name ?? outside;
  return findCommunes(fields.commune_text ?? '', communes)[0]?.name ?? outside;
}
