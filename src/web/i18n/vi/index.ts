import { appeals } from './appeals.ts';
import { channels } from './channels.ts';
import { common } from './common.ts';
import { connections } from './connections.ts';
import { console } from './console.ts';
import { coordination } from './coordination.ts';
import { decisions } from './decisions.ts';
import { directory } from './directory.ts';
import { errors } from './errors.ts';
import { gate } from './gate.ts';
import { identity } from './identity.ts';
import { law } from './law.ts';
import { letters } from './letters.ts';
import { machines } from './machines.ts';
import { notices } from './notices.ts';
import { paper } from './paper.ts';
import { portal } from './portal.ts';
import { retention } from './retention.ts';
import { sharing } from './sharing.ts';
import { sheets } from './sheets.ts';

/** Every text people read, in Vietnamese: the source from which the type of all languages derives. */
export const vi = {
  appeals, channels, common, connections, console, coordination, decisions, directory, errors, gate, identity, law, letters, machines, notices, paper, portal, retention, sharing, sheets,
};
