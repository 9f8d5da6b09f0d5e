import type { Logger } from 'pino';
import type pg from 'pg';
import type { Config } from '../config.ts';
import type { Clock } from './clock.ts';
import type { Db } from './db.ts';
import type { DnsLookup } from './dns.ts';
import type { Files } from './files.ts';
import type { Jobs } from './jobs.ts';
import type { Keys } from './keys.ts';
import type { Mailer } from './mail.ts';
import type { Sms } from './sms.ts';

/** Everything a command, a query or a job may reach outside itself; made once in src/app.ts, replaced piecewise in tests. */
export interface Desk {
  readonly config: Config;
  readonly db: Db;
  readonly pool: pg.Pool;
  readonly jobs: Jobs;
  readonly files: Files;
  readonly mail: Mailer;
  readonly sms: Sms;
  readonly dns: DnsLookup;
  readonly keys: Keys;
  readonly clock: Clock;
  readonly log: Logger;
}
