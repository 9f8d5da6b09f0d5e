import type { VNode } from 'preact';
import type { Situation } from '#catalogue/first-aid.ts';
import { ButtonLink, ButtonRow } from '#web/form.tsx';
import { formatTime } from '#web/format.ts';
import { messages, type Lang } from '#web/i18n/index.ts';
import { Icon } from '#web/icons.tsx';
import { links, localPath } from '#web/links.ts';
import { Panel } from '#web/panel.tsx';
import { spokenCode, spokenSecret } from '../counter/reading.ts';
import { COUNTER_PATH } from './counter.tsx';

export interface TakenProps {
  readonly lang: Lang;
  /** Address of `counter.css`. */
  readonly stylesheet: string;
  readonly code: string;
  readonly secret: string;
  /** Language of the caller: of the words to read by, the slip and what to do. */
  readonly spoken: Lang;
  readonly shownUntil: Date;
  /** The desk's own address without protocol, to be read out. */
  readonly address: string;
  /** The slip, as the portal gives it, for an hour. */
  readonly slipHref: string;
  readonly nextHref: string;
  readonly situation: Situation;
  /** Whether the officer may open the report. */
  readonly mayOpen: boolean;
}

/** The receipt of a call: both codes large, in groups, with words to read them by. */
export function TakenPage(props: TakenProps): VNode {
  const { lang, code, secret, spoken, situation } = props;
  const { channels: { taken: t }, common } = messages(lang);
  return (
    <>
      <link rel="stylesheet" href={props.stylesheet} />
      <header class="subject">
        <h1>{t.title}</h1>
        <p class="hint">{t.lead}</p>
      </header>
      <Panel title={t.code}>
        <p class="said" translate={false}>{code}</p>
        <ol class="spoken" translate={false}>{spokenCode(code).map((part) => <li><b>{part}</b></li>)}</ol>
      </Panel>
      <Panel title={t.secret}>
        <p class="hint">{t.secretHint}</p>
        <ol class="spoken secret" translate={false}>
          {spokenSecret(secret, spoken).map(({ group, words }) => <li lang={spoken}><b>{group}</b> <small>{words.join(' · ')}</small></li>)}
        </ol>
        <p>{t.follow(props.address)}</p>
        <p class="hint">{t.once(formatTime(props.shownUntil))}</p>
      </Panel>
      <div class="btns">
        <a class="btn" href={props.nextHref} autofocus>{t.next}<Icon name="arrow" size={20} /></a>
        <a class="btn q" href={props.slipHref} target="_blank" rel="noopener"><Icon name="print" size={20} />{t.print}<span class="vh"> ({common.opensNewTab})</span></a>
        {props.mayOpen && <ButtonLink kind="quiet" href={`/can-bo/phan-anh/${code}`}>{t.openReport}</ButtonLink>}
      </div>
      <Panel title={t.aid}>
        <p>{situation.title[spoken]}</p>
        <ol lang={spoken}>{situation.now.map((step) => <li>{step[spoken]}</li>)}</ol>
        <p><a href={localPath(spoken, `${links.firstSteps}/${situation.key}`)} target="_blank" rel="noopener">{messages(lang).channels.counter.aid.full}<span class="vh"> ({common.opensNewTab})</span></a></p>
      </Panel>
    </>
  );
}

/** When the hour is over, or the address was cut. */
export function TakenExpiredPage({ lang }: { lang: Lang }): VNode {
  const t = messages(lang).channels.taken;
  return (
    <>
      <h1>{t.expiredTitle}</h1>
      <p class="lead">{t.expired}</p>
      <ButtonRow>
        <ButtonLink href={COUNTER_PATH}>{t.next}</ButtonLink>
      </ButtonRow>
    </>
  );
}
