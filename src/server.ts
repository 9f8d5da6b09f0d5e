import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import type { Hono } from 'hono';
import { sql } from 'kysely';
import { ErrorPage } from '#web/error-page.tsx';
import { externalDatabase, migrateDatabase, openDesk, prepareDatabase, ROOT, type DatabaseAddress } from './app.ts';
import type { Config } from './config.ts';
import { watchChannels } from './modules/channels/index.ts';
import { gatekeeper } from './modules/identity/index.ts';
import { publicKeyOf } from './modules/sharing/index.ts';
import { JOBS, ROUTES } from './modules.ts';
import { loadAssets } from './platform/assets.ts';
import type { Clock } from './platform/clock.ts';
import type { Desk } from './platform/desk.ts';
import { PortTaken } from './platform/errors.ts';
import { holdHome } from './platform/home-lock.ts';
import { httpApp } from './platform/http.ts';
import { memoryLimiter } from './platform/limit.ts';
import { startPostgres } from './platform/postgres.ts';

export type Part = 'web' | 'worker' | 'all';

/** A desk with its database, held by this process until closed. */
export interface HeldDesk {
  readonly desk: Desk;
  readonly address: DatabaseAddress;
  readonly announce: (address: string) => void;
  close(): Promise<void>;
}

const DATABASE = 'lachan';

/** Takes the data folder, starts or reaches the database, brings it to this version, composes the desk. Throws HomeInUse. */
export async function holdDesk(config: Config, clock: Clock, purpose: string, say: (line: string) => void): Promise<HeldDesk> {
  mkdirSync(config.LACHAN_HOME, { recursive: true, mode: 0o700 });
  const external = externalDatabase(config);
  // Several processes may share an external database, so only the embedded one makes the folder exclusive.
  const lock = external ? null : await holdHome(config.LACHAN_HOME, purpose);
  const server = external ? null : await startPostgres({ home: config.LACHAN_HOME, log: say });
  const address = external ?? await prepareDatabase(server!, DATABASE);
  if (external) await migrateDatabase(external);
  const desk = await openDesk(config, address, clock);
  return {
    desk, address,
    announce: (at) => lock?.announce(at),
    async close() {
      await desk.close();
      await server?.stop();
      lock?.release();
    },
  };
}

/** The whole web application over a desk; tests call it without a port. */
export async function webApp(desk: Desk, limitFactor = 1): Promise<Hono> {
  // The key of the desk is made now, since opening a page changes nothing.
  await publicKeyOf(desk);
  const app = httpApp({
    desk, routes: ROUTES, gatekeeper: gatekeeper(desk), errorPage: ErrorPage, assets: await loadAssets(join(ROOT, '.build', 'assets')), limiter: memoryLimiter(limitFactor),
  });
  app.get('/healthz', (c) => c.text('ok'));
  app.get('/readyz', async (c) => {
    await sql`select 1`.execute(desk.db);
    return c.text('ready');
  });
  return app;
}

/** Listens; resolves with the port. @throws PortTaken with one clear sentence */
export async function listen(app: Hono, config: Config): Promise<{ server: Server; port: number }> {
  const server = serve({ fetch: app.fetch, port: config.PORT, hostname: config.HOST }) as Server;
  server.headersTimeout = 20_000;
  server.requestTimeout = 120_000;
  // `once` rejects when the server emits an error instead.
  if (!server.listening) await once(server, 'listening').catch((error: NodeJS.ErrnoException) => Promise.reject(asPortTaken(error, config.PORT)));
  return { server, port: (server.address() as AddressInfo).port };
}

function asPortTaken(error: NodeJS.ErrnoException, port: number): Error {
  if (error.code !== 'EADDRINUSE') return error;
  return new PortTaken(`Cổng ${port} đang có chương trình khác dùng; chọn cổng khác, ví dụ PORT=${port + 1}. / Port ${port} is taken; choose another, for example PORT=${port + 1}.`);
}

/** Works on background jobs and watches the mailbox in this process; the returned function ends the watching. */
export async function startWorker(desk: Desk): Promise<() => Promise<void>> {
  await desk.jobs.work(desk, JOBS, desk.log);
  return watchChannels(desk);
}
