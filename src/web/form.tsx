import type { ComponentChildren, VNode } from 'preact';
import { formatNumber } from './format.ts';
import { type Lang, messages } from './i18n/index.ts';
import { Icon, type IconName } from './icons.tsx';
import { safeHref } from './safe-href.ts';

/** What is wrong, by field name. */
export type FieldErrors = Readonly<Record<string, string | undefined>>;

/** The id of the control of a field: the same for the same name, valid in a URL fragment. */
export function fieldId(name: string): string {
  return `f-${name.replace(/[^A-Za-z0-9_-]+/g, '-')}`;
}

/** What every field takes. */
export interface FieldProps {
  lang: Lang;
  name: string;
  label: ComponentChildren;
  hint?: ComponentChildren;
  error?: string;
  /** Adds "(không bắt buộc)"; fields are required unless said. */
  optional?: boolean;
  /** The label is the page's heading (one question a page). */
  heading?: boolean;
  /** Replaces the id made from the name, when a name appears twice on a page. */
  id?: string;
}

/** What every one-value field takes. */
export interface ValueProps extends FieldProps {
  /** What the person had written, shown again. */
  value?: string;
  autocomplete?: string;
  disabled?: boolean;
}

const hintId = (id: string): string => `${id}-hint`;
const errorId = (id: string): string => `${id}-error`;

function describe(id: string, hint: unknown, error: string | undefined): { 'aria-describedby'?: string; 'aria-invalid'?: 'true' } {
  const ids = [hint ? hintId(id) : '', error ? errorId(id) : ''].filter(Boolean).join(' ');
  return { 'aria-describedby': ids || undefined, 'aria-invalid': error ? 'true' : undefined };
}

function Notes({ lang, id, hint, error }: { lang: Lang; id: string; hint?: ComponentChildren; error?: string }): VNode {
  return (
    <>
      {hint && (
        <p class="hint" id={hintId(id)}>
          {hint}
        </p>
      )}
      {error && (
        <p class="err" id={errorId(id)}>
          <Icon name="warning" size={18} />
          <span>
            <span class="vh">{messages(lang).common.form.errorPrefix} </span>
            {error}
          </span>
        </p>
      )}
    </>
  );
}

function LabelText({ lang, label, optional }: Pick<FieldProps, 'lang' | 'label' | 'optional'>): VNode {
  return (
    <>
      {label}
      {optional && <small> ({messages(lang).common.form.optional})</small>}
    </>
  );
}

function Field(props: FieldProps & { id: string; children: ComponentChildren }): VNode {
  const label = (
    <label for={props.id}>
      <LabelText {...props} />
    </label>
  );
  return (
    <div class={props.error ? 'f bad' : 'f'}>
      {props.heading ? <h1>{label}</h1> : label}
      <Notes lang={props.lang} id={props.id} hint={props.hint} error={props.error} />
      {props.children}
    </div>
  );
}

function Group(props: FieldProps & { id: string; class?: string; children: ComponentChildren }): VNode {
  const text = <LabelText {...props} />;
  return (
    <fieldset class={props.error ? 'f bad' : 'f'} {...describe(props.id, props.hint, props.error)} aria-invalid={undefined}>
      <legend>{props.heading ? <h1>{text}</h1> : text}</legend>
      <Notes lang={props.lang} id={props.id} hint={props.hint} error={props.error} />
      <div class={props.class ?? 'opts'}>{props.children}</div>
    </fieldset>
  );
}

export interface FormProps {
  action: string;
  method?: 'post' | 'get';
  /** Hidden fields: the token against forged requests, the idempotency key, the step. */
  hidden?: Readonly<Record<string, string | number | undefined>>;
  /** Needed when the form has a `FileField`. */
  multipart?: boolean;
  id?: string;
  /** Console only: the browser keeps what is written under this id until `ConsolePage clear` names it. Needs `lang`. */
  keep?: string;
  lang?: Lang;
  class?: string;
  label?: string;
  children: ComponentChildren;
}

/** A form that the server checks; the browser's own bubbles are off so that errors look and read the same everywhere. */
export function Form(props: FormProps): VNode {
  return (
    <form
      method={props.method ?? 'post'}
      action={safeHref(props.action)}
      id={props.id}
      class={props.class}
      aria-label={props.label}
      enctype={props.multipart ? 'multipart/form-data' : undefined}
      data-keep={props.keep}
      noValidate
    >
      {props.hidden && <HiddenFields values={props.hidden} />}
      {props.children}
      {props.keep && <p class="kept" role="status" data-kept={messages(props.lang ?? 'vi').common.state.kept} />}
    </form>
  );
}

/** Hidden fields; entries without a value are left out. */
export function HiddenFields({ values }: { values: Readonly<Record<string, string | number | undefined>> }): VNode {
  return (
    <>
      {Object.entries(values).map(([name, value]) =>
        value === undefined ? null : <input type="hidden" name={name} value={value} />,
      )}
    </>
  );
}

export interface ErrorSummaryProps {
  lang: Lang;
  /** By field name, in the order of the fields; the name `''` is an error of the whole form and gets no link. */
  errors: FieldErrors;
  title?: string;
}

/** The list of what to correct, above the form; takes the focus on load without a script. Gives nothing when there is no error. */
export function ErrorSummary({ lang, errors, title }: ErrorSummaryProps): VNode | null {
  const { form } = messages(lang).common;
  const found = Object.entries(errors).filter(([, message]) => message);
  if (found.length === 0) return null;
  return (
    <div class="call sos errs" role="alert" tabIndex={-1} autofocus>
      <Icon name="warning" />
      <div>
        <h2>{title ?? form.errorTitle}</h2>
        <p>{form.errorKept}</p>
        <ul>
          {found.map(([name, message]) => (
            <li>{name ? <a href={`#${fieldId(name)}`}>{message}</a> : message}</li>
          ))}
        </ul>
      </div>
    </div>
  );
}

/** Keyboards a phone can bring up. */
export type InputMode = 'text' | 'numeric' | 'decimal' | 'tel' | 'email' | 'url' | 'search' | 'none';

export interface TextFieldProps extends ValueProps {
  type?: 'text' | 'email' | 'tel' | 'url' | 'password' | 'search';
  inputmode?: InputMode;
  maxlength?: number;
  /** Width by what is expected, in characters; otherwise the whole column. */
  width?: 'short' | 'medium' | 'full';
  spellcheck?: boolean;
  /** Codes, links, account numbers: fixed-width letters, no capitals, no correction. */
  code?: boolean;
}

/** One line of text. @NOTE the cast: Preact's types tell inputs apart by a literal `type`. */
export function TextField(props: TextFieldProps): VNode {
  const id = props.id ?? fieldId(props.name);
  const plain = props.code ? { autocapitalize: 'none' as const, autocorrect: 'off', spellcheck: false } : { spellcheck: props.spellcheck };
  return (
    <Field {...props} id={id}>
      <input
        id={id}
        name={props.name}
        type={(props.type ?? 'text') as 'text'}
        value={props.value}
        class={`t ${props.width ?? 'full'}${props.code ? ' mono' : ''}`}
        inputMode={props.inputmode}
        autocomplete={props.autocomplete}
        maxLength={props.maxlength}
        disabled={props.disabled}
        {...plain}
        {...describe(id, props.hint, props.error)}
      />
    </Field>
  );
}

export interface TextAreaProps extends ValueProps {
  rows?: number;
  /** Most characters; told below the label in words, since there is no counter without a script. */
  maxlength?: number;
}

/** Several lines of text; grows with what is written where the browser can. */
export function TextArea(props: TextAreaProps): VNode {
  const id = props.id ?? fieldId(props.name);
  const { form } = messages(props.lang).common;
  const limit = props.maxlength && form.maxCharacters(formatNumber(props.maxlength, props.lang));
  const hint = props.hint && limit ? <>{props.hint} {limit}</> : props.hint || limit;
  return (
    <Field {...props} id={id} hint={hint}>
      <textarea
        id={id}
        name={props.name}
        class="t"
        rows={props.rows ?? 5}
        maxLength={props.maxlength}
        autocomplete={props.autocomplete}
        disabled={props.disabled}
        value={props.value}
        {...describe(id, hint, props.error)}
      />
    </Field>
  );
}

/** One choice. */
export interface Option {
  value: string;
  label: ComponentChildren;
  hint?: ComponentChildren;
  disabled?: boolean;
}

export interface RadioCardsProps extends FieldProps {
  options: readonly Option[];
  value?: string;
  /** Side by side where there is room: yes and no. */
  inline?: boolean;
}

/** One of several, each a card to press. The first card carries the field's id, so that the error summary leads to it. */
export function RadioCards(props: RadioCardsProps): VNode {
  const id = props.id ?? fieldId(props.name);
  return (
    <Group {...props} id={id} class={props.inline ? 'opts inline' : 'opts'}>
      {props.options.map((option, index) => (
        <Choice
          type="radio"
          option={option}
          name={props.name}
          id={index === 0 ? id : `${id}-${index + 1}`}
          checked={option.value === props.value}
          invalid={Boolean(props.error)}
        />
      ))}
    </Group>
  );
}

export interface CheckboxListProps extends FieldProps {
  options: readonly Option[];
  values?: readonly string[];
  inline?: boolean;
}

/** Any of several, each a card to press. */
export function CheckboxList(props: CheckboxListProps): VNode {
  const id = props.id ?? fieldId(props.name);
  return (
    <Group {...props} id={id} class={props.inline ? 'opts inline' : 'opts'}>
      {props.options.map((option, index) => (
        <Choice
          type="checkbox"
          option={option}
          name={props.name}
          id={index === 0 ? id : `${id}-${index + 1}`}
          checked={props.values?.includes(option.value) ?? false}
          invalid={Boolean(props.error)}
        />
      ))}
    </Group>
  );
}

export interface CheckboxProps {
  lang: Lang;
  name: string;
  label: ComponentChildren;
  hint?: ComponentChildren;
  error?: string;
  /** Sent when ticked. Default `1`. */
  value?: string;
  checked?: boolean;
  id?: string;
}

/** A single box to tick. */
export function Checkbox(props: CheckboxProps): VNode {
  const id = props.id ?? fieldId(props.name);
  return (
    <div class={props.error ? 'f bad' : 'f'}>
      <Notes lang={props.lang} id={id} error={props.error} />
      <Choice
        type="checkbox"
        option={{ value: props.value ?? '1', label: props.label, hint: props.hint }}
        name={props.name}
        id={id}
        checked={props.checked ?? false}
        invalid={Boolean(props.error)}
        describedBy={props.error ? errorId(id) : undefined}
      />
    </div>
  );
}

interface ChoiceProps {
  type: 'radio' | 'checkbox';
  option: Option;
  name: string;
  id: string;
  checked: boolean;
  invalid: boolean;
  describedBy?: string;
}

function Choice({ type, option, name, id, checked, invalid, describedBy }: ChoiceProps): VNode {
  return (
    <label class="opt">
      <input
        type={type}
        name={name}
        value={option.value}
        id={id}
        checked={checked}
        disabled={option.disabled}
        aria-invalid={invalid ? 'true' : undefined}
        aria-describedby={describedBy}
      />
      <span>
        {option.label}
        {option.hint && <small>{option.hint}</small>}
      </span>
    </label>
  );
}

/** A named group of choices of a `Select`. */
export interface OptionGroup {
  label: string;
  options: readonly { value: string; label: string }[];
}

export interface SelectProps extends ValueProps {
  options: readonly ({ value: string; label: string } | OptionGroup)[];
  /** Text of the empty first line; `false` leaves it out. Default "Chọn một mục". */
  prompt?: string | false;
  width?: 'short' | 'medium' | 'full';
}

/** One of many (more than about eight); prefer `RadioCards` for fewer. */
export function Select(props: SelectProps): VNode {
  const id = props.id ?? fieldId(props.name);
  const { form } = messages(props.lang).common;
  const line = (option: { value: string; label: string }): VNode => (
    <option value={option.value} selected={option.value === props.value}>
      {option.label}
    </option>
  );
  return (
    <Field {...props} id={id}>
      <select
        id={id}
        name={props.name}
        class={`t ${props.width ?? 'full'}`}
        autocomplete={props.autocomplete}
        disabled={props.disabled}
        {...describe(id, props.hint, props.error)}
      >
        {props.prompt !== false && <option value="">{props.prompt ?? form.chooseOne}</option>}
        {props.options.map((option) =>
          'options' in option ? <optgroup label={option.label}>{option.options.map(line)}</optgroup> : line(option),
        )}
      </select>
    </Field>
  );
}

/** A day as text `dd/mm/yyyy`, with the keyboard of digits; read it with `parseDate` of `format.ts`. */
export function DateField(props: ValueProps): VNode {
  const { form } = messages(props.lang).common;
  return (
    <TextField
      {...props}
      hint={props.hint ?? form.dateHint}
      inputmode="numeric"
      autocomplete={props.autocomplete ?? 'off'}
      maxlength={10}
      width="short"
    />
  );
}

export interface FileFieldProps extends FieldProps {
  /** Default: JPEG, PNG, WebP, HEIC. */
  accept?: string;
  multiple?: boolean;
  /** Told in the hint. */
  maxFiles?: number;
  maxMegabytes?: number;
}

/** Images to attach. A browser never refills files: say so near it when the form comes back with errors. */
export function FileField(props: FileFieldProps): VNode {
  const id = props.id ?? fieldId(props.name);
  const { form } = messages(props.lang).common;
  const limits =
    props.maxFiles &&
    props.maxMegabytes &&
    form.filesHint(formatNumber(props.maxFiles, props.lang), formatNumber(props.maxMegabytes, props.lang));
  const hint = props.hint && limits ? <>{props.hint} {limits}</> : props.hint || limits;
  return (
    <Field {...props} id={id} hint={hint}>
      <input
        type="file"
        id={id}
        name={props.name}
        class="t"
        accept={props.accept ?? 'image/jpeg,image/png,image/webp,image/heic'}
        multiple={props.multiple ?? true}
        {...describe(id, hint, props.error)}
      />
    </Field>
  );
}

/** `primary` (one a screen), `quiet` (outlined), `danger` (ends or stops something), `plain` (looks like a link). */
export type ButtonKind = 'primary' | 'quiet' | 'danger' | 'plain';

const buttonClasses: Record<ButtonKind, string> = { primary: 'btn', quiet: 'btn q', danger: 'btn d', plain: 'btn p' };

export interface ButtonProps {
  children: ComponentChildren;
  kind?: ButtonKind;
  small?: boolean;
  icon?: IconName;
  /** Which button was pressed, for forms with several. */
  name?: string;
  value?: string;
  /** Sends the form elsewhere (save a draft, go back). */
  formaction?: string;
  disabled?: boolean;
}

/** Sends the form around it. */
export function Button(props: ButtonProps): VNode {
  return (
    <button
      class={buttonClasses[props.kind ?? 'primary'] + (props.small ? ' s' : '')}
      type="submit"
      name={props.name}
      value={props.value}
      formAction={props.formaction && safeHref(props.formaction)}
      disabled={props.disabled}
    >
      {props.icon && <Icon name={props.icon} size={20} />}
      {props.children}
    </button>
  );
}

export interface ButtonLinkProps {
  href: string;
  children: ComponentChildren;
  kind?: ButtonKind;
  small?: boolean;
  icon?: IconName;
  download?: boolean;
}

/** A link that looks like a button, for the one action of a page that only leads on. */
export function ButtonLink(props: ButtonLinkProps): VNode {
  return (
    <a
      class={buttonClasses[props.kind ?? 'primary'] + (props.small ? ' s' : '')}
      href={safeHref(props.href)}
      download={props.download}
    >
      {props.icon && <Icon name={props.icon} size={20} />}
      {props.children}
    </a>
  );
}

/** Buttons in a row, wrapping; the primary one first. */
export function ButtonRow({ children }: { children: ComponentChildren }): VNode {
  return <div class="btns">{children}</div>;
}
