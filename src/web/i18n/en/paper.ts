import type { Messages } from '../types.ts';

/** Terms of a printed administrative document in its English translation. */
export const paper: Messages['paper'] = {
  nation: 'Socialist Republic of Viet Nam',
  motto: 'Independence - Freedom - Happiness',
  number: (number, symbol) => `No.: ${number}/${symbol}`,
  undated: '\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0',
  openDate: (gap) => `${gap} ${gap} ${gap}`,
  placeDate: (place, date) => `${place}, ${date}`,
  about: 'Re:',
  dear: 'To:',
  recipients: 'Recipients:',
  asAbove: 'As above',
  filed: 'Archives:',
  filedAt: 'Archives: VT',
  annex: 'Annex',
  attached: (kind, number, date, issuer) => `(Attached to ${kind} No. ${number} of ${date} of ${issuer})`,
  article: 'Article',
  note: 'Note:',
  unofficial: 'Unofficial translation',
  kinds: {
    cong_van: 'Official Letter',
    thong_bao: 'Notice',
    bien_ban: 'Minutes',
    quyet_dinh: 'Decision',
    giay_moi: 'Invitation',
    bao_cao: 'Report',
  },
  urgency: { khan: 'Urgent', thuong_khan: 'Very urgent', hoa_toc: 'Express' },
  authority: { 'TM.': 'On behalf of', 'KT.': 'For', 'TL.': 'By order of', 'TUQ.': 'By authorisation of', 'Q.': 'Acting' },
};
