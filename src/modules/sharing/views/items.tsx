import type { ComponentChildren, VNode } from 'preact';
import { categoryOf } from '#catalogue/categories.ts';
import { SafeText } from '#modules/cases/index.ts';
import type { ShareKind } from '#platform/schema.ts';
import { Badge } from '#web/badge.tsx';
import { Button, Form } from '#web/form.tsx';
import { formatBytes, formatDate, formatDateTime, formatMoney } from '#web/format.ts';
import { messages, type Lang } from '#web/i18n/index.ts';
import { Kv, type KvItem } from '#web/kv.tsx';
import { Panel } from '#web/panel.tsx';
import { VeiledImage } from '#web/veiled-image.tsx';
import type { ItemShown, SharedItem } from '../types.ts';

/** Kinds of items in the order of the screens. */
export const KINDS: readonly ShareKind[] = ['report', 'attachment', 'indicator', 'evidence', 'verification'];

/** The page of a case for the agencies that take part. */
export function sharedPath(number: string): string {
  return `/can-bo/phoi-hop/${number}`;
}

/** One item in a line: for lists to choose from and records. */
export function itemLine(item: ItemShown, lang: Lang): string {
  const t = messages(lang).sharing;
  switch (item.kind) {
    case 'report': return `${item.content.code}: ${shortened(item.content.narrative)}`;
    case 'attachment': return `${item.content.name} (${formatBytes(item.content.bytes, lang)})`;
    case 'indicator': return `${t.indicators[item.content.kind]}: ${item.content.display}`;
    case 'evidence': return `${t.evidences[item.content.kind]}: ${shortened(item.content.description)}`;
    case 'verification': return shortened(item.content.finding);
  }
}

function shortened(text: string): string {
  return text.length > 140 ? `${text.slice(0, 139)}…` : text;
}

/** Everything one item says, as the party reads it. @param picture address of a shared picture; without one the picture itself is not drawn */
export function ItemFacts({ lang, item, picture }: { lang: Lang; item: ItemShown; picture?: string }): VNode {
  const t = messages(lang).sharing;
  const { shown } = t;
  switch (item.kind) {
    case 'report': {
      const { code, category, narrative, happenedOn, moneyLost, commune, communeEn } = item.content;
      return facts([
        [shown.code, code], [shown.harm, categoryOf(category).label[lang]], [shown.happenedOn, happenedOn ? formatDate(happenedOn) : shown.unknown],
        [shown.money, moneyLost === null ? shown.unknown : formatMoney(moneyLost, lang)], [shown.commune, (lang === 'vi' ? commune : communeEn) ?? shown.unknown], [shown.narrative, <p class="say"><SafeText text={narrative} /></p>],
      ]);
    }
    case 'attachment': {
      const { name, bytes, report } = item.content;
      return (
        <>
          {picture && <VeiledImage lang={lang} src={picture} alt={shown.photo(name)} />}
          <p class="hint">{name} · {formatBytes(bytes, lang)} · {shown.from(report)}</p>
        </>
      );
    }
    case 'indicator': {
      const { kind, display, value } = item.content;
      return facts([[t.indicators[kind], <span class="mono">{value ?? display}</span>], ...(value === undefined ? [] : [['', <Badge tone="amber">{shown.whole}</Badge>] as const])]);
    }
    case 'evidence': {
      const { kind, description, sha256, at } = item.content;
      return facts([[t.evidences[kind], <p class="say"><SafeText text={description} /></p>], [shown.at, formatDateTime(new Date(at), lang)], ...(sha256 ? [[shown.sha256, <span class="mono">{sha256}</span>] as const] : [])]);
    }
    case 'verification': {
      const { checked, otherExplanation, finding, confidence, at } = item.content;
      return facts([[shown.checked, <SafeText text={checked} />], [shown.other, <SafeText text={otherExplanation} />], [shown.finding, <SafeText text={finding} />], [shown.confidence, t.confidence[confidence]], [shown.at, formatDateTime(new Date(at), lang)]]);
    }
  }
}

function facts(rows: readonly (readonly [string, ComponentChildren])[]): VNode {
  return <Kv items={rows.map(([label, value]): KvItem => ({ label, value }))} />;
}

export interface SharedItemsProps {
  readonly lang: Lang;
  /** Case number, for the addresses of pictures and receipts. */
  readonly number: string;
  readonly items: readonly SharedItem[];
  /** Shows a button beside each item not read yet. */
  readonly receipts?: boolean;
  /** As the agency that leads sees it beforehand: no picture is fetched, since only the party may. */
  readonly preview?: boolean;
}

/** What an agency is shown of a case, by kind; for the pages of every room in which an asked agency works. */
export function SharedItems({ lang, number, items, receipts = false, preview = false }: SharedItemsProps): VNode {
  const t = messages(lang).sharing;
  if (items.length === 0) return <><p><strong>{t.shown.none}</strong></p>{!preview && <p class="hint">{t.shown.noneText}</p>}</>;
  return (
    <>
      {KINDS.map((kind) => ({ kind, found: items.filter((item) => item.kind === kind) })).filter(({ found }) => found.length > 0).map(({ kind, found }) => (
        <section>
          <h3>{t.kindsTitle[kind]}</h3>
          {found.map((item) => (
            <Panel level={3}>
              <ItemFacts lang={lang} item={item} picture={preview ? undefined : `${sharedPath(number)}/anh/${item.id}`} />
              {!preview && (
                <p class="hint">
                  {t.shown.sharedOn(formatDateTime(item.sharedAt, lang))} · <Badge tone={item.readAt ? 'moss' : 'amber'}>{item.readAt ? t.shown.read : t.shown.unread}</Badge>
                </p>
              )}
              {receipts && item.readAt === null && <Form action={`${sharedPath(number)}/da-doc`} hidden={{ share: item.id }}><Button kind="quiet" small>{t.party.readOne}</Button></Form>}
            </Panel>
          ))}
        </section>
      ))}
      <p class="hint">{t.shown.maskedNote}</p>
    </>
  );
}
