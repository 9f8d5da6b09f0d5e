export { INDICATOR_KINDS, type Indicator, type IndicatorKind } from './kinds.ts';
export { extract } from './extract.ts';
export { groupingKeys, type GroupingKey } from './grouping.ts';
export {
  canonicalUrl, defang, displayParts, hostOf, isPublicSuffix, registrableDomain, urlExpressions, urlForms, urlKey,
  type UrlForms,
} from './url.ts';
export { refang } from './refang.ts';
export { ownership, SHARED_HOSTS, type Ownership, type SharedKind } from './stoplists.ts';
export { parsePhone, type Phone } from './phone.ts';
export { BANKS, bankAccount, bankByBin, parseVietQr, type Bank, type BankAccount, type VietQr } from './bank.ts';
export { masked } from './masks.ts';
