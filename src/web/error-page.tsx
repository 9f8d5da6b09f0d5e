import type { VNode } from 'preact';
import type { LachanError } from '#platform/errors.ts';
import type { Ctx } from '#platform/http.ts';
import { ButtonLink, ButtonRow } from './form.tsx';
import { PortalPage } from './layout.tsx';
import { links, localPath } from './links.ts';
import { frame } from './portal-frame.ts';
import { UrgentLine } from './urgent-line.tsx';

/** The page for an error: what happened, what was kept, what to do. Never shows the error's own message. */
export function ErrorPage(ctx: Ctx, error: LachanError): VNode {
  const { errors, common } = ctx.t;
  const words = errors.page(error.code);
  const seconds = error.details?.retryAfter;
  return (
    <PortalPage {...frame(ctx)} title={words.title} noindex>
      <h1>{words.title}</h1>
      <p class="lead">{words.whatHappened}</p>
      <h2>{errors.keptTitle}</h2>
      <p>{words.whatWasKept}</p>
      <h2>{errors.doTitle}</h2>
      <p>
        {words.whatToDo} {typeof seconds === 'number' && errors.wait(String(Math.ceil(seconds)))}
      </p>
      <ButtonRow>
        <ButtonLink href={localPath(ctx.lang, links.home)}>{common.nav.home}</ButtonLink>
        <ButtonLink kind="quiet" href={localPath(ctx.lang, links.follow)}>
          {common.nav.follow}
        </ButtonLink>
      </ButtonRow>
      <UrgentLine lang={ctx.lang} />
    </PortalPage>
  );
}
