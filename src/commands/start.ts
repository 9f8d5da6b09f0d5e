import { parseArgs } from 'node:util';
import { readConfig } from '../config.ts';
import { SYSTEM_CLOCK } from '../platform/clock.ts';
import { holdDesk, listen, startWorker, webApp, type HeldDesk, type Part } from '../server.ts';

const HELP = `./lachan start [--role web|worker|all]

Chạy dịch vụ. Cài đặt bằng biến môi trường, xem docs/configuration.md.
Runs the service; settings come from the environment.`;

/** `lachan start` */
export async function start(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { role: { type: 'string', default: 'all' }, help: { type: 'boolean' } } });
  if (values.help) return console.log(HELP);
  const role = values.role as Part;
  if (!['web', 'worker', 'all'].includes(role)) throw new Error('Cấu hình: --role là web, worker hoặc all / must be web, worker or all');
  const held = await holdDesk(readConfig(process.env), SYSTEM_CLOCK, `start ${role}`, (line) => console.error(line));
  const stop = await runParts(held, role, (url) => console.log(`Lá Chắn: ${url}`));
  await untilSignal();
  await stop();
}

/** Starts the parts of a role; the returned function ends them in order: no new requests, running ones finish, then the database. */
export async function runParts(held: HeldDesk, role: Part, ready: (url: string) => void): Promise<() => Promise<void>> {
  const { desk } = held;
  const web = role === 'worker' ? null : await listen(await webApp(desk), desk.config).catch(async (error: unknown) => {
    await held.close();
    throw error;
  });
  const unwatch = role === 'web' ? async () => {} : await startWorker(desk);
  if (web) {
    const url = desk.config.BASE_URL ?? `http://localhost:${web.port}`;
    held.announce(url);
    ready(url);
  }
  return async () => {
    if (web) {
      web.server.close();
      web.server.closeIdleConnections();
    }
    await unwatch();
    await held.close();
  };
}

const FORCED_EXIT_MS = 10_000;

/** Resolves at SIGINT or SIGTERM; a stop that takes too long is cut off. */
export async function untilSignal(): Promise<void> {
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
  setTimeout(() => process.exit(1), FORCED_EXIT_MS).unref();
}
