import type { Ctx } from '#platform/http.ts';
import type { PortalPageProps } from './layout.tsx';

/** What every page of the portal takes from the request. */
export type Frame = Pick<PortalPageProps, 'lang' | 'assets' | 'banner'>;

/** The frame of a portal page: language, built assets, and the banner of a trial installation. */
export function frame(ctx: Ctx): Frame {
  return { lang: ctx.lang, assets: ctx.assets, banner: ctx.desk.config.LACHAN_DEMO ? ctx.t.portal.demoBanner : undefined };
}
