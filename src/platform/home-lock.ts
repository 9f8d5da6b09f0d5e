import { randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { HomeInUse, Unavailable } from './errors.ts';

/** Who holds a lock file: enough to recognise the process again after its number has been reused. */
export interface LockHolder {
  readonly pid: number;
  /** Boot and start time of the process, from /proc; empty where there is no /proc. */
  readonly birth: string;
  /** ISO 8601, UTC. */
  readonly since: string;
  readonly purpose: string;
  /** Where the holder can be reached, once it has said so. */
  readonly address?: string;
}

/** A lock file held by this process. */
export interface FileLock {
  /** Gives the lock back; harmless when called twice. */
  release(): void;
  /** Writes the address of the holder into the lock, for the message of whoever comes second. */
  announce(address: string): void;
}

/**
 * Takes a lock file, or tells who has it. A lock whose process is gone (kill -9, power cut) counts as free.
 * @param file path of the lock; its folder must exist
 */
export function tryLock(file: string, purpose: string): FileLock | { readonly heldBy: LockHolder } {
  const mine: LockHolder = { pid: process.pid, birth: birthOf(process.pid), since: new Date().toISOString(), purpose };
  for (;;) {
    if (create(file, mine)) return lockOn(file, mine);
    const heldBy = read(file);
    if (heldBy !== undefined && isAlive(heldBy)) return { heldBy };
    clearStale(file, heldBy);
  }
}

/**
 * Runs `work` while holding a lock file, waiting for whoever has it.
 * @param waitMs how long to wait before giving up with `Unavailable`
 */
export async function withLock<T>(
  file: string,
  purpose: string,
  work: () => Promise<T>,
  waitMs = 120_000,
): Promise<T> {
  const deadline = Date.now() + waitMs;
  let lock = tryLock(file, purpose);
  while ('heldBy' in lock) {
    if (Date.now() > deadline) {
      throw new Unavailable(`Chờ quá lâu, tiến trình ${lock.heldBy.pid} vẫn giữ ${file} / `
        + `Waited too long, process ${lock.heldBy.pid} still holds ${file}`);
    }
    await sleep(50);
    lock = tryLock(file, purpose);
  }
  try {
    return await work();
  } finally {
    lock.release();
  }
}

/**
 * Makes this process the only one that serves a data folder. The folder is created when missing.
 * @param home the data folder (LACHAN_HOME)
 * @param purpose what holds it, e.g. `start`, shown to whoever comes second
 * @throws HomeInUse when a living process holds it
 */
export async function holdHome(home: string, purpose: string): Promise<FileLock> {
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const lock = tryLock(join(home, 'server.lock'), purpose);
  if ('heldBy' in lock) throw inUse(home, lock.heldBy);
  return lock;
}

function inUse(home: string, holder: LockHolder): HomeInUse {
  const { pid, since, purpose, address } = holder;
  const at = address === undefined ? '' : `, ${address}`;
  return new HomeInUse(
    `Thư mục dữ liệu ${home} đang được tiến trình ${pid} dùng (${purpose}, từ ${since}${at}). Hãy dừng tiến trình đó `
      + `hoặc chọn thư mục khác bằng LACHAN_HOME. / The data folder is in use by process ${pid} (${purpose}, since `
      + `${since}${at}); stop it or choose another folder with LACHAN_HOME.`,
    { pid, since, purpose, address },
  );
}

function lockOn(file: string, mine: LockHolder): FileLock {
  const isOurs = (): boolean => {
    const now = read(file);
    return now?.pid === mine.pid && now.birth === mine.birth && now.since === mine.since;
  };
  return {
    release: () => {
      if (isOurs()) rmSync(file, { force: true });
    },
    announce: (address) => {
      const next = `${file}.${randomUUID()}`;
      writeFileSync(next, JSON.stringify({ ...mine, address }), { mode: 0o644 });
      renameSync(next, file);
    },
  };
}

/** `link` makes the file appear whole or not at all, and fails when it exists. */
function create(file: string, holder: LockHolder): boolean {
  const draft = `${file}.${randomUUID()}`;
  writeFileSync(draft, JSON.stringify(holder), { mode: 0o644 });
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

function read(file: string): LockHolder | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as LockHolder;
  } catch (error) {
    const unreadable = (error as NodeJS.ErrnoException).code;
    if (unreadable !== undefined && unreadable !== 'ENOENT') throw error;
    return undefined;
  }
}

/** Moves a dead lock aside; puts it back if somebody took it between our look and the move. */
function clearStale(file: string, dead: LockHolder | undefined): void {
  const aside = `${file}.${randomUUID()}`;
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  const moved = read(aside);
  if (moved?.birth !== dead?.birth || moved?.since !== dead?.since) linkSync(aside, file);
  rmSync(aside, { force: true });
}

function isAlive(holder: LockHolder): boolean {
  if (holder.birth !== '') return birthOf(holder.pid) === holder.birth;
  try {
    process.kill(holder.pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Boot id and start time (field 22 of proc_pid_stat(5)) of a process; empty when it is gone, dead or unknown. */
function birthOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return '';
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}:${fields[19]}`;
  } catch {
    return '';
  }
}
