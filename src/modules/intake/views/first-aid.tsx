import type { VNode } from 'preact';
import { SITUATIONS, type Situation } from '#catalogue/first-aid.ts';
import { hotlineByKey, smsAddress, SPAM_SYNTAX, spamReportText, type Hotline, type SpamReportKind } from '#catalogue/hotlines.ts';
import type { Label } from '#catalogue/label.ts';
import { Callout } from '#web/callout.tsx';
import { Disclosure } from '#web/disclosure.tsx';
import { ButtonLink, ButtonRow } from '#web/form.tsx';
import { messages, type Lang } from '#web/i18n/index.ts';
import { Icon } from '#web/icons.tsx';
import { PortalPage } from '#web/layout.tsx';
import { LinkList } from '#web/link-list.tsx';
import { links, localPath } from '#web/links.ts';
import type { Frame } from '#web/portal-frame.ts';
import { BackLink } from '#web/back-link.tsx';
import { UrgentLine } from '#web/urgent-line.tsx';

function Steps({ lang, items }: { lang: Lang; items: readonly Label[] }): VNode {
  return (
    <ol class="todo">
      {items.map((item) => (
        <li>{item[lang]}</li>
      ))}
    </ol>
  );
}

/** Telephone numbers to press; what a call costs is said. */
function Calls({ lang, entries }: { lang: Lang; entries: readonly Hotline[] }): VNode {
  const t = messages(lang).portal.firstAid;
  return (
    <ul class="calls">
      {entries.map((entry) => (
        <li>
          <a href={`tel:${entry.number}`}>
            <Icon name="phone" size={20} />
            <b>{entry.number}</b>
            <span>
              {entry.label[lang]} {entry.cost && <small>{t[entry.cost]}</small>}
            </span>
          </a>
        </li>
      ))}
    </ul>
  );
}

/** A message to 156, to copy or to open in the telephone. */
interface SpamText {
  readonly kind: SpamReportKind;
  readonly content: string;
}

/** Messages ready for 156; `phone` as dialled inside Viet Nam, or null where the reader puts it in. */
export function SpamTexts({ lang, texts, phone = null }: { lang: Lang; texts: readonly SpamText[]; phone?: string | null }): VNode {
  const t = messages(lang).portal.firstAid;
  const to = hotlineByKey('spam')!.number;
  return (
    <>
      <p>{t.spamText}</p>
      <ul class="ready">
        {texts.map(({ kind, content }) => {
          const text = spamReportText(kind, phone ?? t.spamNumber, content);
          return (
            <li>
              <small>{SPAM_SYNTAX[kind].label[lang]}</small>
              <code>{text}</code>
              <a class="btn q s" href={smsAddress(to, text)}>
                {t.spamSend}
                <span class="vh">: {SPAM_SYNTAX[kind].label[lang]}</span>
              </a>
            </li>
          );
        })}
      </ul>
    </>
  );
}

const isBank = (entry: Hotline): boolean => entry.kind === 'bank' || entry.kind === 'wallet';

/** Whom to call: help first, banks folded unless money is what it is about. */
function CallList({ lang, situation }: { lang: Lang; situation: Situation }): VNode {
  const t = messages(lang).portal.firstAid;
  const entries = situation.call.flatMap((key) => hotlineByKey(key) ?? []);
  const banks = entries.filter(isBank);
  const bankFirst = isBank(entries[0]!);
  const others = <Calls lang={lang} entries={entries.filter((entry) => !isBank(entry))} />;
  return (
    <>
      {!bankFirst && others}
      {banks.length > 0 && (
        <Disclosure summary={t.banks} open={bankFirst}>
          <p class="hint">{t.bankNote}</p>
          <Calls lang={lang} entries={banks} />
        </Disclosure>
      )}
      {bankFirst && others}
    </>
  );
}

/** The next ten minutes and whom to call, for the receipt and the follow-up page. */
export function FirstAidNow({ lang, situation }: { lang: Lang; situation: Situation }): VNode {
  const t = messages(lang).portal.firstAid;
  return (
    <>
      <p class="lead">{situation.title[lang]}</p>
      <Steps lang={lang} items={situation.now} />
      <CallList lang={lang} situation={situation} />
      <p>
        <a href={localPath(lang, `${links.firstSteps}/${situation.key}`)}>{t.fullPage}</a>
      </p>
    </>
  );
}

/** One situation in full, made to be printed or read aloud. */
export function FirstAidPage({ frame, situation }: { frame: Frame; situation: Situation }): VNode {
  const { lang } = frame;
  const { portal, common } = messages(lang);
  const t = portal.firstAid;
  return (
    <PortalPage {...frame} title={situation.title[lang]} path={`${links.firstSteps}/${situation.key}`}>
      <BackLink href={localPath(lang, links.firstSteps)}>{t.indexTitle}</BackLink>
      <h1>{situation.title[lang]}</h1>
      <h2>{t.now}</h2>
      <Steps lang={lang} items={situation.now} />
      <h2>{t.call}</h2>
      <CallList lang={lang} situation={situation} />
      <Callout kind="sos" title={t.never}>
        <ul>
          {situation.never.map((item) => (
            <li>{item[lang]}</li>
          ))}
        </ul>
      </Callout>
      <h2>{t.today}</h2>
      <Steps lang={lang} items={situation.today} />
      {situation.texts && (
        <>
          <h3>{t.spamTitle}</h3>
          <SpamTexts lang={lang} texts={situation.texts} />
        </>
      )}
      <h2>{t.week}</h2>
      <Steps lang={lang} items={situation.week} />
      <ButtonRow>
        <ButtonLink href={localPath(lang, links.report)}>{t.report}</ButtonLink>
      </ButtonRow>
      <p class="hint">{common.printHelp}</p>
    </PortalPage>
  );
}

/** All situations; what happened most exactly first, the kinds of harm after. */
export function FirstAidIndex({ frame }: { frame: Frame }): VNode {
  const { lang } = frame;
  const t = messages(lang).portal.firstAid;
  const list = (general: boolean) =>
    SITUATIONS.filter((situation) => situation.general === general).map((situation) => ({
      href: localPath(lang, `${links.firstSteps}/${situation.key}`), title: situation.title[lang],
    }));
  return (
    <PortalPage {...frame} title={t.indexTitle} path={links.firstSteps} description={t.indexLead}>
      <h1>{t.indexTitle}</h1>
      <p class="lead">{t.indexLead}</p>
      <LinkList items={list(false)} />
      <h2>{t.indexGeneral}</h2>
      <LinkList items={list(true)} />
      <UrgentLine lang={lang} />
    </PortalPage>
  );
}
