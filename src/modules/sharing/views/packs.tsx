import type { VNode } from 'preact';
import { Badge, type Tone } from '#web/badge.tsx';
import { Callout } from '#web/callout.tsx';
import { Disclosure } from '#web/disclosure.tsx';
import { Empty } from '#web/empty.tsx';
import { Button, ButtonLink, ButtonRow, Checkbox, DateField, ErrorSummary, Form, RadioCards, Select, TextArea, TextField } from '#web/form.tsx';
import { formatBytes, formatDate, formatDateTime, formatNumber } from '#web/format.ts';
import { messages, type Lang } from '#web/i18n/index.ts';
import { Kv } from '#web/kv.tsx';
import { Panel } from '#web/panel.tsx';
import type { PackTarget } from '#platform/schema.ts';
import type { PackRow, PackState, ReceivedPack } from '../packs/types.ts';
import type { CaseItem, LedCaseView } from '../types.ts';
import { KINDS, sharedPath } from './items.tsx';
import { ItemTicks, type AgencyChoice } from './lead.tsx';
import { Outcome, typedIn, type Typed } from './parts.tsx';

export const TARGETS: readonly PackTarget[] = ['agency', 'police', 'province'];
const TONES: Record<PackState, Tone> = { draft: 'amber', refused: 'rose', approved: 'sky', made: 'moss', expired: 'plain', recalled: 'plain' };

/** Address of the packs of a case, or of one of them. */
export function packsPath(number: string, code?: string): string {
  return `${sharedPath(number)}/goi${code ? `/${code}` : ''}`;
}

export interface PacksPageProps {
  readonly lang: Lang;
  readonly found: LedCaseView;
  readonly packs: readonly PackRow[];
  readonly items: readonly CaseItem[];
  readonly agencies: readonly AgencyChoice[];
  readonly provinces: readonly { readonly code: string; readonly name: string }[];
  /** What this officer may do, and who they are: nobody approves an own draft. */
  readonly may: { readonly draft: boolean; readonly decide: boolean; readonly make: boolean };
  readonly officerId: string;
  readonly done: string;
  readonly typed?: Typed;
}

/** The packs of a case: each with its next step, and a form for a new one. */
export function PacksPage(props: PacksPageProps): VNode {
  const { lang, found, packs, may, done, typed } = props;
  const t = messages(lang).sharing.packs;
  return (
    <>
      <ErrorSummary lang={lang} errors={typed?.errors ?? {}} />
      <Outcome lang={lang} done={done} typed={typed} />
      <h1>{t.title}</h1>
      <p class="lead">{found.number} · {found.title}</p>
      {packs.length === 0 && <Empty title={t.none}>{t.noneText}</Empty>}
      {packs.map((pack) => <OnePack {...props} pack={pack} />)}
      {may.draft && found.state !== 'closed' && <DraftForm {...props} />}
    </>
  );
}

function OnePack({ lang, found, pack, may, officerId, typed }: PacksPageProps & { readonly pack: PackRow }): VNode {
  const { sharing: { packs: t }, peers: { draft: note } } = messages(lang);
  const path = packsPath(found.number, pack.code);
  const [decide, recall, receipt] = ['duyet', 'thu-hoi', 'ky-nhan'].map((form) => typedIn(typed, `${form}-${pack.code}`));
  return (
    <Panel title={<span class="mono">{pack.code}</span>} id={pack.code} aside={<Badge tone={TONES[pack.state]}>{t.states[pack.state]}</Badge>}>
      <Kv items={[
        { label: t.to, value: pack.recipientName }, { label: t.why, value: pack.why }, ...(pack.legalGround ? [{ label: t.ground, value: pack.legalGround }] : []),
        { label: t.drafter, value: `${pack.drafter}, ${formatDateTime(pack.draftedAt, lang)}` },
        ...(pack.contactReportId ? [{ label: t.hasContact, value: pack.contactReason }] : []),
        ...(pack.approver ? [{ label: t.approver, value: `${pack.approver}: ${pack.approveReason}` }] : []),
        ...(pack.sha256 ? [{ label: t.hash, value: <span class="mono">{pack.sha256}</span> }, { label: t.expires, value: formatDate(pack.expiresAt!) }] : []),
        ...(pack.recalledAt ? [{ label: t.states.recalled, value: `${formatDateTime(pack.recalledAt, lang)}: ${pack.recallReason}` }] : []),
      ]} />
      {pack.state === 'draft' && may.decide && (officerId === pack.drafterId ? <p class="hint">{t.own}</p> : (
        <Form action={`${path}/duyet`}>
          <TextArea lang={lang} name="reason" id={`f-reason-${pack.code}`} label={t.reason} rows={2} maxlength={1000} value={decide!.value('reason')} error={decide!.errors.reason} />
          <ButtonRow><Button name="do" value="duyet">{t.approve}</Button><Button kind="danger" name="do" value="tu-choi">{t.refuse}</Button></ButtonRow>
        </Form>
      ))}
      {pack.state === 'approved' && may.make && <Form action={`${path}/tao`}><p class="hint">{t.makeHint}</p><Button>{t.make}</Button></Form>}
      {pack.state === 'made' && (
        <>
          <p class="hint">{pack.receipt ? t.received(pack.receipt.office, formatDate(pack.receipt.on), pack.receipt.number) : pack.readAt ? t.read(formatDateTime(pack.readAt, lang)) : t.notRead}</p>
          <p><ButtonLink kind="quiet" href={`${path}/tep`} download>{t.download} ({formatBytes(pack.bytes ?? 0, lang)})</ButtonLink></p>
          {pack.target !== 'agency' && !pack.receipt && may.draft && (
            <Disclosure summary={t.receipt} open={Object.keys(receipt!.errors).length > 0}>
              <Form action={`${path}/ky-nhan`}>
                <TextField lang={lang} name="office" id={`f-office-${pack.code}`} label={t.office} maxlength={300} value={receipt!.value('office')} error={receipt!.errors.office} />
                <TextField lang={lang} name="number" id={`f-number-${pack.code}`} label={t.receiptNumber} optional maxlength={100} value={receipt!.value('number')} />
                <DateField lang={lang} name="on" id={`f-on-${pack.code}`} label={t.receiptOn} value={receipt!.value('on')} />
                <Button kind="quiet">{t.receipt}</Button>
              </Form>
            </Disclosure>
          )}
        </>
      )}
      {pack.recalledAt && pack.madeAt && pack.recipientProvince && <p><ButtonLink kind="quiet" href={`${path}/giay-thu-hoi`} download>{note.recallNote}</ButtonLink> <small class="sub">{note.recallNoteHint}</small></p>}
      {!pack.recalledAt && pack.state !== 'refused' && may.draft && (
        <Disclosure kind="danger" summary={t.recall} open={Object.keys(recall!.errors).length > 0}>
          <p class="hint">{t.recallHint}</p>
          <Form action={`${path}/thu-hoi`}>
            <TextArea lang={lang} name="why" id={`f-why-${pack.code}`} label={t.recallWhy} rows={2} maxlength={500} value={recall!.value('why')} error={recall!.errors.why} />
            <Button kind="danger">{t.recall}</Button>
          </Form>
        </Disclosure>
      )}
    </Panel>
  );
}

function DraftForm({ lang, found, items, agencies, provinces, typed }: PacksPageProps): VNode {
  const { sharing: { packs: t, kindsTitle }, peers: { draft: other } } = messages(lang);
  const own = typedIn(typed, 'lap');
  const back = typed?.form === 'lap' ? typed : undefined;
  const reports = items.flatMap((item) => (item.kind === 'report' ? [{ value: item.itemId, label: item.content.code }] : []));
  return (
    <Panel title={t.draft} id="lap">
      <Form action={packsPath(found.number)} lang={lang} keep={`goi-${found.number}`}>
        <RadioCards lang={lang} name="target" label={t.target} value={own.value('target') || 'agency'} error={own.errors.target} options={TARGETS.map((target) => ({ value: target, label: t.targets[target], hint: t.targetHints[target] }))} />
        <Select lang={lang} name="agency" label={t.agency} optional value={own.value('agency')} error={own.errors.agency} options={agencies.map(({ id, name }) => ({ value: id, label: name }))} />
        <TextField lang={lang} name="recipientName" label={t.recipientName} optional maxlength={300} value={own.value('recipientName')} error={own.errors.recipientName} />
        <Select lang={lang} name="province" label={other.province} hint={other.provinceHint} prompt={other.noProvince} optional value={own.value('province')} options={provinces.map(({ code, name }) => ({ value: code, label: name }))} />
        <TextArea lang={lang} name="why" label={t.why} rows={3} maxlength={1000} value={own.value('why')} error={own.errors.why} />
        <TextArea lang={lang} name="legalGround" label={t.ground} optional rows={2} maxlength={1000} value={own.value('legalGround')} error={own.errors.legalGround} />
        <h3 id="f-item">{t.items}</h3>
        {KINDS.map((kind) => ({ kind, own: items.filter((item) => item.kind === kind) })).filter((group) => group.own.length > 0).map((group) => (
          <ItemTicks lang={lang} title={kindsTitle[group.kind]} items={group.own} live={new Set()} ticked={back?.all('item') ?? []} whole={back?.all('full') ?? []} />
        ))}
        <Checkbox lang={lang} name="originals" label={t.originals} hint={t.originalsHint} checked={own.value('originals') !== ''} />
        <TextField lang={lang} name="days" label={t.days} inputmode="numeric" width="short" value={own.value('days') || formatNumber(30, lang)} error={own.errors.days} />
        <Disclosure summary={t.contact} open={own.value('contact') !== ''}>
          <Select lang={lang} name="contact" label={t.contact} prompt={t.contactNone} optional value={own.value('contact')} options={reports} />
          <TextArea lang={lang} name="contactReason" label={t.contactReason} hint={t.contactHint} optional rows={2} maxlength={450} value={own.value('contactReason')} error={own.errors.contactReason} />
        </Disclosure>
        <Button>{t.submit}</Button>
      </Form>
    </Panel>
  );
}

/** A pack made for the own agency. */
export function ReceivedPackPage({ lang, pack, done }: { lang: Lang; pack: ReceivedPack & { readonly sha256: string }; done: string }): VNode {
  const t = messages(lang).sharing.packs;
  const path = `/can-bo/goi-nhan/${pack.code}`;
  return (
    <>
      <Outcome lang={lang} done={done} />
      <h1>{t.title}</h1>
      <Kv items={[
        { label: t.code, value: <span class="mono">{pack.code}</span> }, { label: t.by, value: pack.byName }, { label: t.expires, value: formatDate(pack.expiresAt) }, { label: t.hash, value: <span class="mono">{pack.sha256}</span> },
      ]} />
      <p><ButtonLink href={`${path}/tep`} download>{t.download}</ButtonLink></p>
      {pack.readAt ? <Callout kind="ok">{t.read(formatDateTime(pack.readAt, lang))}</Callout> : <Form action={`${path}/da-nhan`}><p class="hint">{t.gotHint}</p><Button kind="quiet">{t.gotIt}</Button></Form>}
    </>
  );
}
