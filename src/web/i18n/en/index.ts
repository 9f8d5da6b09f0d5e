import type { Messages } from '../types.ts';
import { common } from './common.ts';
import { console } from './console.ts';
import { decisions } from './decisions.ts';
import { directory } from './directory.ts';
import { errors } from './errors.ts';
import { identity } from './identity.ts';
import { portal } from './portal.ts';

/** Every text people read, in English. A string missing here is a compile error. */
export const en = { common, portal, console, identity, errors, decisions, directory } satisfies Messages;
