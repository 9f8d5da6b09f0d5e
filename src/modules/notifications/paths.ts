import { identityPaths } from '#modules/identity/index.ts';

/** What an officer was told. */
export const NEWS_PATH = '/can-bo/tin';
/** How an officer wants to be told. */
export const SETTING_PATH = identityPaths.news;
