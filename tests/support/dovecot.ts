import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, chown, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const PROGRAM = '/usr/sbin/dovecot';

/** A real mail server with one INBOX for each user, on a free port of this machine. */
export interface Dovecot {
  readonly port: number;
  /** `imap://user:password@127.0.0.1:port/INBOX` */
  url(user: string): string;
  /** Puts a mail into the user's INBOX, as a mail transport would (maildir: `tmp`, then `new`). */
  deliver(user: string, raw: string | Uint8Array): Promise<void>;
  /** Flags of the mails in the INBOX as the maildir has them: letters of system flags, names of keywords. */
  flags(user: string): Promise<string[]>;
  /** Ends the server without a goodbye; the mails stay. */
  kill(): Promise<void>;
  /** Starts it again on the same port. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Starts Debian's Dovecot 2.3 with its own configuration in a temporary folder, as root or as anybody else.
 * @param users name → password, neither with a colon
 */
export async function dovecot(users: Readonly<Record<string, string>>): Promise<Dovecot> {
  if (!existsSync(PROGRAM)) throw new Error(`${PROGRAM} is missing: apt-get install -y --no-install-recommends dovecot-imapd`);
  const home = await mkdtemp(join(tmpdir(), 'lachan-dovecot-'));
  const port = await freePort();
  const me = userInfo();
  // Dovecot never gives mail to root: then the mails belong to the user it comes with.
  const owner = me.uid === 0 ? await idOf('mail') : { uid: me.uid, gid: me.gid };
  // Its unprivileged processes pass through the folder.
  await chmod(home, 0o755);
  await writeFile(join(home, 'users'), Object.entries(users).map(([name, password]) => `${name}:{PLAIN}${password}::::::\n`).join(''), { mode: 0o644 });
  await writeFile(join(home, 'dovecot.conf'), configuration(home, port, me.uid === 0, me.username, owner));
  const inbox = (user: string, folder: string): string => join(home, 'mail', user, folder);
  for (const user of Object.keys(users)) {
    for (const folder of ['', 'tmp', 'new', 'cur']) {
      await mkdir(inbox(user, folder), { recursive: true });
      if (me.uid === 0) await chown(inbox(user, folder), owner.uid, owner.gid);
    }
  }
  let child = await start(home, port);
  let delivered = 0;

  const kill = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    // The group: its workers would go on serving open connections.
    process.kill(-child.pid!, 'SIGKILL');
    await once(child, 'exit');
  };
  return {
    port,
    url: (user) => `imap://${encodeURIComponent(user)}:${encodeURIComponent(users[user] ?? '')}@127.0.0.1:${port}/INBOX`,
    async deliver(user, raw) {
      const name = `${Date.now()}.${process.pid}_${String(delivered++).padStart(4, '0')}.test`;
      await writeFile(inbox(user, `tmp/${name}`), raw);
      if (me.uid === 0) await chown(inbox(user, `tmp/${name}`), owner.uid, owner.gid);
      await rename(inbox(user, `tmp/${name}`), inbox(user, `new/${name}`));
    },
    async flags(user) {
      const names = (await readdir(inbox(user, 'cur'))).toSorted();
      return [...names.map((name) => /:2,(.*)$/.exec(name)?.[1] ?? ''), ...(await readdir(inbox(user, 'new'))).map(() => '')];
    },
    kill,
    async restart() {
      await kill();
      child = await start(home, port);
    },
    async close() {
      await kill();
      await rm(home, { recursive: true, force: true });
    },
  };
}

function configuration(home: string, port: number, isRoot: boolean, user: string, owner: { uid: number; gid: number }): string {
  return `
base_dir = ${home}/run
state_dir = ${home}/state
log_path = ${home}/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
auth_mechanisms = plain login
mail_location = maildir:${home}/mail/%u
first_valid_uid = 1
default_internal_user = ${isRoot ? 'dovecot' : user}
default_internal_group = ${isRoot ? 'dovecot' : '#' + owner.gid}
default_login_user = ${isRoot ? 'dovenull' : user}
auth_failure_delay = 0
mailbox_idle_check_interval = 1 s
shutdown_clients = yes
passdb {
  driver = passwd-file
  args = ${home}/users
}
userdb {
  driver = static
  args = uid=${owner.uid} gid=${owner.gid} home=${home}/mail/%u
}
service anvil {
  chroot =
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
service stats {
  chroot =
}
`;
}

async function start(home: string, port: number): Promise<ChildProcess> {
  await rm(join(home, 'run'), { recursive: true, force: true });
  const child = spawn(PROGRAM, ['-F', '-c', join(home, 'dovecot.conf')], { detached: true, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr!.on('data', (chunk) => (said += String(chunk)));
  for (let tries = 0; tries < 200; tries += 1) {
    if (child.exitCode !== null) throw new Error(`dovecot did not start: ${said}`);
    if (await greets(port)) return child;
    await sleep(25);
  }
  process.kill(-child.pid!, 'SIGKILL');
  throw new Error(`dovecot does not answer: ${said}`);
}

async function greets(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    const [greeting] = (await once(socket, 'data', { signal: AbortSignal.timeout(2000) })) as [Buffer];
    return greeting.toString().startsWith('* OK');
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function idOf(name: string): Promise<{ uid: number; gid: number }> {
  const [, , uid, gid] = (await readFile('/etc/passwd', 'utf8')).split('\n').find((line) => line.startsWith(`${name}:`))?.split(':') ?? [];
  if (uid === undefined || gid === undefined) throw new Error(`no user ${name} on this machine`);
  return { uid: Number(uid), gid: Number(gid) };
}
