export { INDICATOR_KINDS, type Indicator, type IndicatorKind } from './kinds.ts';
export { extract } from './extract.ts';
export { groupingKeys } from './grouping.ts';
export { defang, displayParts, hostOf, registrableDomain, urlKey } from './url.ts';
export { ownership } from './stoplists.ts';
export { BANKS, OTHER_WALLETS, bankAccount } from './bank.ts';
export { parsePhone } from './phone.ts';
