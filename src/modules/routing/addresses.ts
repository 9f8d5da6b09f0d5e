/** The list of transfers and hand-overs. */
export const ROUTING = '/can-bo/chuyen';

/** The page of one transfer. */
export const transferHref = (code: string): string => `${ROUTING}/${code}`;

/** Where a case can be taken over. */
export const takeOverHref = (number: string): string => `${ROUTING}/nhan-thay/${number}`;

/** What agencies did at once on a case. */
export const actedHref = (number: string): string => `${ROUTING}/da-lam/${number}`;

/** The open work of an officer, or the list of officers. */
export const handOverHref = (officerId?: string): string => `${ROUTING}/ban-giao${officerId ? `?can-bo=${officerId}` : ''}`;

/** Where a transfer of a case or a report is proposed. */
export const proposeHref = (thing: { readonly kind: 'case' | 'report'; readonly number: string }): string => (
  `${ROUTING}/moi?${thing.kind === 'case' ? 'vu-viec' : 'phan-anh'}=${thing.number}`);
