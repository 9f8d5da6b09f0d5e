import { channels } from './channels.ts';
import { common } from './common.ts';
import { connections } from './connections.ts';
import { console } from './console.ts';
import { decisions } from './decisions.ts';
import { directory } from './directory.ts';
import { errors } from './errors.ts';
import { identity } from './identity.ts';
import { letters } from './letters.ts';
import { portal } from './portal.ts';
import { sheets } from './sheets.ts';

/** Every text people read, in Vietnamese: the source from which the type of all languages derives. */
export const vi = { common, portal, console, identity, errors, decisions, directory, connections, letters, sheets, channels };
