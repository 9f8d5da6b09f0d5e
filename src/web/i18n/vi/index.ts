import { common } from './common.ts';
import { console } from './console.ts';
import { decisions } from './decisions.ts';
import { directory } from './directory.ts';
import { errors } from './errors.ts';
import { identity } from './identity.ts';
import { portal } from './portal.ts';

/** Every text people read, in Vietnamese: the source from which the type of all languages derives. */
export const vi = { common, portal, console, identity, errors, decisions, directory };
