import { readConfig } from '../config.ts';
import { externalDatabase, migrateDatabase, prepareDatabase } from '../app.ts';
import { holdHome } from '../platform/home-lock.ts';
import { startPostgres } from '../platform/postgres.ts';

/** `lachan migrate`: brings the database to this version and says what was applied. */
export async function migrate(args: string[]): Promise<void> {
  if (args.includes('--help')) return console.log('./lachan migrate\n\nĐưa cơ sở dữ liệu lên bản này; chạy lại bao nhiêu lần cũng được. / Safe to repeat.');
  const config = readConfig(process.env);
  const external = externalDatabase(config);
  if (external) return report(await migrateDatabase(external));
  const lock = await holdHome(config.LACHAN_HOME, 'migrate');
  const server = await startPostgres({ home: config.LACHAN_HOME });
  try {
    await prepareDatabase(server, 'lachan');
    report([]);
  } finally {
    await server.stop();
    lock.release();
  }
}

function report(applied: readonly string[]): void {
  console.log(applied.length > 0 ? `Đã áp dụng / applied: ${applied.join(', ')}` : 'Cơ sở dữ liệu đã ở bản này. / The database is up to date.');
}
