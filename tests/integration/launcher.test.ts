import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync, copyFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync,
  utimesSync, writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
let place: string;
let checkout: string;

beforeAll(() => {
  place = mkdtempSync(join(tmpdir(), 'lachan launcher-'));
  checkout = makeCheckout('bản sao có dấu cách');
  symlinkSync(join(checkout, 'lachan'), join(place, 'link'));
  symlinkSync('link', join(place, 'link to link'));
});

afterAll(() => rmSync(place, { recursive: true, force: true }));

/** A small program in a checkout of its own that borrows our packages and counts as installed. */
function makeCheckout(name: string): string {
  const folder = join(place, name);
  mkdirSync(join(folder, 'src/web/styles'), { recursive: true });
  for (const file of ['lachan', 'package.json', 'package-lock.json', 'tsconfig.json']) {
    copyFileSync(join(root, file), join(folder, file));
  }
  cpSync(join(root, 'scripts'), join(folder, 'scripts'), { recursive: true });
  cpSync(join(root, 'src/platform'), join(folder, 'src/platform'), { recursive: true });
  writeFileSync(join(folder, 'src/main.ts'), `import { say } from '#say.tsx';
    import { z } from 'zod';
    console.log(say(z.string().parse('chào')), ...process.argv.slice(2), process.version, process.cwd());
    if (process.argv[2] === 'boom') throw new Error('boom');`);
  writeFileSync(join(folder, 'src/say.tsx'), `import { renderToString } from 'preact-render-to-string';
    export function say(text: string): string { return renderToString(<b>{text}</b>); }`);
  writeFileSync(join(folder, 'src/web/styles/_base.css'), '.a { .b & { color: red } }');
  writeFileSync(join(folder, 'src/web/styles/portal.css'),
    '@import "./_base.css"; .c { background: url(/static/x.png) }');
  mkdirSync(join(folder, 'node_modules'));
  for (const entry of readdirSync(join(root, 'node_modules'))) {
    if (entry !== '.lachan-lock') symlinkSync(join(root, 'node_modules', entry), join(folder, 'node_modules', entry));
  }
  const stamp = execFileSync('sh', ['-c', 'uname -sm; cksum <package-lock.json'], { cwd: folder });
  writeFileSync(join(folder, 'node_modules/.lachan-lock'), stamp);
  return folder;
}

/** Only what is needed before anything is installed. */
function makeBare(): string {
  const bare = mkdtempSync(join(place, 'bare '));
  for (const file of ['lachan', 'package-lock.json']) copyFileSync(join(root, file), join(bare, file));
  return bare;
}

interface Outcome {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

function launch(command: string, args: string[] = [], options: { cwd?: string; path?: string } = {}): Outcome {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd: options.cwd ?? '/', encoding: 'utf8', env: { ...process.env, PATH: options.path ?? process.env['PATH'] },
  });
  return { status, out: stdout.trim(), err: stderr.trim() };
}

/** A folder with a `node` that only says a version, and an `npm` that fails when it is called. */
function fakeTools(version: string, npm = 'exit 9'): string {
  const folder = mkdtempSync(join(place, 'tools-'));
  for (const [name, body] of [['node', `echo ${version}`], ['npm', npm]] as const) {
    writeFileSync(join(folder, name), `#!/bin/sh\n${body}\n`);
    chmodSync(join(folder, name), 0o755);
  }
  return `${folder}:/usr/bin:/bin`;
}

describe('./lachan', () => {
  it('runs through symbolic links, from another folder, in a path with spaces, under Node 24', () => {
    const { out, status } = launch(join(place, 'link to link'), ['start', 'hai từ'], { cwd: tmpdir() });
    expect(out).toMatch(/^<b>chào<\/b> start hai từ v2[4-9]\.\S+ \S+$/);
    expect(out.endsWith(tmpdir())).toBe(true);
    expect(status).toBe(0);
  });

  it('runs by a relative name, and with an old system Node once the packages are there', () => {
    const { out } = launch('./lachan', ['x'], { cwd: checkout, path: fakeTools('v18.19.0') });
    expect(out).toMatch(/^<b>chào<\/b> x v2[4-9]/);
  });

  it('points at the source when the program fails, and passes its exit code on', () => {
    const { err, status } = launch(join(checkout, 'lachan'), ['boom']);
    expect(err).toContain(`${join(checkout, 'src/main.ts')}:4`);
    expect(status).toBe(1);
  });

  it.each(['v18.19.0', ''])('says in one sentence that Node %j is too old', (version) => {
    const bare = makeBare();
    const { out, err, status } = launch(join(bare, 'lachan'), [], { path: fakeTools(version) });
    expect(err).toBe('lachan: cần Node.js từ bản 20 kèm npm (https://nodejs.org) / '
      + 'Node.js 20 or newer with npm is needed');
    expect(out).toBe('');
    expect(status).toBe(1);
  });

  it('installs once when two start together, also after an installation that was killed', () => {
    const bare = makeBare();
    mkdirSync(join(bare, '.build/install.lock'), { recursive: true });
    writeFileSync(join(bare, '.build/install.lock/pid'), '999999999');
    const npm = 'echo "$*" >>calls; sleep 1; mkdir -p node_modules';
    launch('sh', ['-c', './lachan & ./lachan & wait'], { cwd: bare, path: fakeTools('v22.1.0', npm) });
    expect(readFileSync(join(bare, 'calls'), 'utf8').trim().split('\n')).toEqual([
      expect.stringMatching(/^ci --ignore-scripts /),
    ]);
    expect(existsSync(join(bare, '.build/install.lock'))).toBe(false);
  });

  it('fails, and leaves no stamp, when npm fails', () => {
    const bare = makeBare();
    const path = fakeTools('v22.1.0', 'mkdir node_modules; exit 9');
    const { err, status } = launch(join(bare, 'lachan'), [], { path });
    expect(err).toContain('npm ci failed');
    expect(status).toBe(1);
    expect(existsSync(join(bare, 'node_modules/.lachan-lock'))).toBe(false);
    expect(existsSync(join(bare, '.build/install.lock'))).toBe(false);
  });
});

describe('the build', () => {
  it('bundles our files, leaves packages outside, names styles by content and keeps absolute addresses', () => {
    launch(join(checkout, 'lachan'));
    const assets = join(checkout, '.build/assets');
    const manifest = JSON.parse(readFileSync(join(assets, 'manifest.json'), 'utf8')) as Record<string, string>;
    expect(Object.keys(manifest)).toEqual(['portal.css']);
    expect(readFileSync(join(assets, manifest['portal.css']!), 'utf8').trim())
      .toBe('.b .a{color:red}.c{background:url(/static/x.png)}');
    const program = readFileSync(join(checkout, '.build/main.js'), 'utf8');
    expect(program).toContain('from "zod"');
    expect(program).not.toContain('"#say');
  });

  it('does nothing when nothing changed, and builds again when a file did', () => {
    launch(join(checkout, 'lachan'));
    expect(launch(join(checkout, 'lachan')).err).toBe('');
    utimesSync(join(checkout, 'src/say.tsx'), 1, 1);
    expect(launch(join(checkout, 'lachan')).err).toContain('Built');
  });

  it('reports a mistake in the source and does not start', () => {
    const broken = makeCheckout('broken');
    writeFileSync(join(broken, 'src/main.ts'), 'const = 1;');
    const { out, err, status } = launch(join(broken, 'lachan'));
    expect(err).toContain('src/main.ts:1:6');
    expect([out, status]).toEqual(['', 1]);
  });

  it.runIf(process.getuid?.() === 0)('starts what is built when nothing can be written', () => {
    launch(join(checkout, 'lachan'));
    chmodSync(place, 0o755);
    utimesSync(join(checkout, 'src/say.tsx'), 2, 2);
    const nobody = { cwd: '/', encoding: 'utf8', uid: 65534, gid: 65534 } as const;
    const { stdout, stderr } = spawnSync(join(checkout, 'lachan'), ['ro'], nobody);
    expect(stdout).toMatch(/^<b>chào<\/b> ro /);
    expect(stderr).toContain('cannot be written');
  });
});
