import { ROLES } from '#catalogue/roles.ts';
import type { Ctx } from '#platform/http.ts';
import type { ConsolePageProps, Crumb } from '#web/layout.tsx';

/** Addresses of the directory. */
export const PATHS = { list: '/can-bo/danh-ba', ask: '/can-bo/danh-ba/tra-tham-quyen', recipients: '/can-bo/noi-nhan' } as const;

/** What every page of the directory takes from the request. */
export interface Frame extends Pick<ConsolePageProps, 'lang' | 'assets' | 'banner' | 'user'> {
  readonly crumbs: readonly Crumb[];
}

/** The frame of a console page: language, assets, who is signed in, and the way back to the directory. */
export function frame(ctx: Ctx): Frame {
  const { actor, agencyShort } = ctx.signedIn ?? { actor: ctx.officer, agencyShort: '' };
  const held = ROLES.filter(({ code }) => actor.roles.includes(code));
  const roles = held.map(({ label }) => label[ctx.lang].toLowerCase());
  return {
    lang: ctx.lang, assets: ctx.assets, banner: ctx.desk.config.LACHAN_DEMO ? ctx.t.portal.demoBanner : undefined,
    user: {
      name: actor.name, role: [agencyShort, ...roles].join(' · '), href: '/can-bo/tai-khoan', key: actor.officerId,
      signOut: { action: '/dang-xuat' },
    },
    crumbs: [{ label: ctx.t.directory.title, href: PATHS.list }],
  };
}

/** An agency's page. */
export function agencyHref(id: string): string {
  return `${PATHS.list}/${id}`;
}
