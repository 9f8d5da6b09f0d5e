import type { Messages } from '../types.ts';
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

/** Every text people read, in English. A string missing here is a compile error. */
export const en = { common, portal, console, identity, errors, decisions, directory, connections, letters, sheets, channels } satisfies Messages;
