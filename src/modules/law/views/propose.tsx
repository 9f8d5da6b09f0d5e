import type { VNode } from 'preact';
import { CATEGORIES } from '#catalogue/categories.ts';
import { citation, type Basis } from '#core/law.ts';
import type { LegalChangeKind } from '#platform/schema.ts';
import { Callout } from '#web/callout.tsx';
import { Disclosure } from '#web/disclosure.tsx';
import { Button, CheckboxList, DateField, ErrorSummary, type FieldErrors, Form, Select, TextArea, TextField } from '#web/form.tsx';
import { messages } from '#web/i18n/index.ts';
import { LENGTHS } from '../change.ts';
import { FIELDS, NEW_ELEMENTS, type Values } from '../form.ts';
import type { ElementLine, LawDocument } from '../types.ts';
import { HOME, LawyerNote, type ViewProps } from './parts.tsx';

interface ProposeProps extends ViewProps {
  readonly kind: LegalChangeKind;
  readonly target: string;
  /** What the change is about, where the catalogue has it. */
  readonly document: LawDocument | null;
  readonly basis: Basis | null;
  readonly documents: readonly LawDocument[];
  readonly elements: readonly ElementLine[];
  readonly values: Values;
  readonly errors: FieldErrors;
  /** Why the catalogue did not take it, in words. */
  readonly refused: string | null;
}

type Field = (typeof FIELDS)[LegalChangeKind][number];

/** The form of one proposal. */
export function ProposeView(props: ProposeProps): VNode {
  const { lang, kind, target, basis, document } = props;
  const t = messages(lang).law;
  const about = kind === 'add_basis' || kind === 'add_document' ? null : basis ? citation(basis, lang) : document?.name[lang];
  return (
    <>
      <h1>{t.proposal.title(t.kinds[kind])}</h1>
      {about && <p class="lead">{about.charAt(0).toLocaleUpperCase('vi') + about.slice(1)}</p>}
      <LawyerNote lang={lang} />
      {props.refused && <Callout kind="sos" role="alert" title={props.refused} />}
      <ErrorSummary lang={lang} errors={props.errors} title={t.form.errorTitle} />
      <p class="hint">{t.form.lead}</p>
      <Form action={`${HOME}/de-xuat`} hidden={{ kind, target: about ? target : undefined }} label={t.proposal.title(t.kinds[kind])}>
        {FIELDS[kind].map((field) => <One {...props} field={field} />)}
        <TextArea
          lang={lang} name="reason" label={t.form.reason} hint={t.form.reasonHint} rows={3} maxlength={LENGTHS.reason} value={props.values.text.reason} error={props.errors.reason}
        />
        <Button>{t.form.submit}</Button>
      </Form>
    </>
  );
}

function One(props: ProposeProps & { field: Field }): VNode {
  const { lang, kind, field, values, errors } = props;
  const t = messages(lang).law.form;
  const own = kind === 'add_basis';
  const common = { lang, name: field, value: values.text[field], error: errors[field] };
  switch (field) {
    case 'code': return <TextField {...common} label={t.code} hint={t.codeHint} width="short" maxlength={12} code />;
    case 'nameVi': return <TextField {...common} label={t.nameVi} hint={t.nameViHint} maxlength={LENGTHS.name} />;
    case 'nameEn': return <TextField {...common} label={t.nameEn} maxlength={LENGTHS.name} />;
    case 'source': return <TextField {...common} label={t.source} hint={t.sourceHint} maxlength={LENGTHS.source} />;
    case 'document': return <Select {...common} label={t.document} options={props.documents.map((one) => ({ value: one.code, label: one.name[lang] }))} />;
    case 'article': return <TextField {...common} label={t.article} hint={t.placeHint} width="short" maxlength={5} />;
    case 'clause': return <TextField {...common} label={t.clause} width="short" maxlength={4} optional />;
    case 'point': return <TextField {...common} label={t.point} width="short" maxlength={3} optional />;
    case 'category': return <Select {...common} label={t.category} hint={t.categoryHint} options={CATEGORIES.map(({ code, label }) => ({ value: code, label: label[lang] }))} />;
    case 'whatVi': return <TextArea {...common} label={t.whatVi} rows={2} maxlength={LENGTHS.what} />;
    case 'whatEn': return <TextArea {...common} label={t.whatEn} rows={2} maxlength={LENGTHS.what} />;
    case 'elements': return <Elements {...props} />;
    case 'validFrom': return <DateField {...common} label={t.validFrom} hint={own ? t.ownDates : undefined} optional={own} />;
    case 'validTo': return <ValidTo {...props} />;
    case 'why': return <TextArea {...common} label={t.why} hint={t.whyHint} rows={2} maxlength={LENGTHS.why} />;
    case 'checkedOn': return <DateField {...common} label={t.checkedOn} />;
    case 'checkedBy': return <TextField {...common} label={t.checkedBy} hint={t.checkedByHint} maxlength={LENGTHS.checkedBy} />;
  }
}

/** The last day: left empty where none is known, or to remove one that was recorded. */
function ValidTo({ lang, kind, document, basis, values, errors }: ProposeProps): VNode {
  const t = messages(lang).law.form;
  const ends = kind === 'end_document' ? document?.validTo : basis?.validTo;
  const hint = kind === 'add_basis' ? t.ownDates : kind === 'add_document' ? t.noEnd : ends ? t.clearEnd : undefined;
  return <DateField lang={lang} name="validTo" label={t.validTo} hint={hint} value={values.text.validTo} error={errors.validTo} optional={hint !== undefined} />;
}

function Elements({ lang, elements, values, errors }: ProposeProps): VNode {
  const t = messages(lang).law.form;
  const typed = NEW_ELEMENTS.some((number) => values.text[`element.${number}.vi`] || values.text[`element.${number}.en`]);
  return (
    <>
      <CheckboxList
        lang={lang} name="elements" label={t.elements} hint={t.elementsHint} values={values.elements} error={errors.elements}
        options={elements.map(({ code, label }) => ({ value: code, label: label[lang] }))}
      />
      <Disclosure summary={t.newElement(1).replace(/ 1.*$/, '')} open={typed}>
        {NEW_ELEMENTS.map((number) => (
          <div class="pair">
            {(['vi', 'en'] as const).map((side) => (
              <TextField
                lang={lang} name={`element.${number}.${side}`} label={side === 'vi' ? t.newElement(number) : t.newElementEn(number)} maxlength={LENGTHS.element}
                value={values.text[`element.${number}.${side}`]} optional
              />
            ))}
          </div>
        ))}
      </Disclosure>
    </>
  );
}
