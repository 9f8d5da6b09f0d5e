import type { Messages } from '../types.ts';
import { alerts } from './alerts.ts';
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
import { meetings } from './meetings.ts';
import { news } from './news.ts';
import { notices } from './notices.ts';
import { opinions } from './opinions.ts';
import { paper } from './paper.ts';
import { peers } from './peers.ts';
import { portal } from './portal.ts';
import { registers } from './registers.ts';
import { retention } from './retention.ts';
import { routing } from './routing.ts';
import { sharing } from './sharing.ts';
import { sheets } from './sheets.ts';
import { tasks } from './tasks.ts';

/** Every text people read, in English. A string missing here is a compile error. */
export const en = {
  alerts, appeals, channels, common, connections, console, coordination, decisions, directory, errors, gate, identity, law, letters, machines, meetings, news, notices, opinions, paper, peers, portal, registers, retention, routing, sharing, sheets, tasks,
} satisfies Messages;
