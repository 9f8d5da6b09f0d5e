/**
 * `./lachan test [filter…]`: finds or installs Chromium, builds, checks types, lint and dead code, runs every test, and
 * prints `N passed, N failed, N skipped` as its last line; each check before the tests counts as one.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

/** Title, program, arguments. */
type Check = readonly [string, string, readonly string[]];

/** The part of vitest's JSON report that is read here. */
interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly {
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string }[];
  }[];
}

const root = resolve(import.meta.dirname, '..');
const BROWSERS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const PACKAGES = ['chromium', 'fonts-noto-core'];
/** The mail server that the mailbox tests read from. */
const DOVECOT = { program: '/usr/sbin/dovecot', packages: ['dovecot-imapd'] };
/** What the tests of letters print and read them with, and those of signed files sign and check them with. */
const OFFICE = { programs: ['/usr/bin/soffice', '/usr/bin/pdftotext', '/usr/bin/pdfsig', '/usr/bin/openssl'], packages: ['libreoffice-writer-nogui', 'poppler-utils', 'fonts-liberation', 'openssl'] };
/** Debian 12's `fonts-liberation` lacks ừ, ả and ế; this package has them, and later releases need it no more. */
const VIETNAMESE_TIMES = { pattern: ':family=Liberation Serif:charset=1eeb', packages: ['fonts-liberation2'] };

main(process.argv.slice(2));

function main(filters: string[]): void {
  const chromium = findChromium() ?? installChromium();
  if (chromium === undefined) return finish({ passed: 0, failed: 1, skipped: 0 }, 0);
  process.env['LACHAN_CHROMIUM'] = chromium;
  // Without these the tests of the mailbox and of letters fail and say what to install.
  if (!existsSync(DOVECOT.program)) installPackages(DOVECOT.packages);
  if (!OFFICE.programs.every((program) => existsSync(program))) installPackages(OFFICE.packages);
  if (!hasFont(VIETNAMESE_TIMES.pattern)) installPackages(VIETNAMESE_TIMES.packages);
  const checks: Check[] = [
    ['Dựng / Build', process.execPath, ['scripts/build.ts']],
    ['Kiểm tra kiểu / Types', bin('tsc'), []],
    ['Quy tắc viết mã / Lint', bin('oxlint'), ['--type-aware']],
  ];
  if (existsSync(join(root, 'knip.json'))) checks.push(['Mã thừa / Dead code', bin('knip'), []]);
  const results = checks.map((one) => check(...one));
  const tests = runTests(filters);
  const passed = results.filter(Boolean).length;
  finish({ ...tests, passed: tests.passed + passed, failed: tests.failed + results.length - passed },
    tests.passed + tests.failed);
}

/** The last line and the exit code; a run without a single test is a failure. */
function finish({ passed, failed, skipped }: Counts, testsRun: number): void {
  process.exitCode = failed === 0 && testsRun > 0 ? 0 : 1;
  console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
}

function check(title: string, command: string, args: readonly string[]): boolean {
  const begun = performance.now();
  console.log(`\n— ${title}`);
  const isGood = show(command, args) === 0;
  console.log(`${isGood ? 'Đạt / passed' : 'Không đạt / FAILED'} (${Math.round(performance.now() - begun)} ms)`);
  return isGood;
}

function runTests(filters: string[]): Counts {
  console.log('\n— Kiểm thử / Tests');
  const folder = mkdtempSync(join(tmpdir(), 'lachan-test-'));
  const file = join(folder, 'report.json');
  const status = show(bin('vitest'), ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`,
    ...filters]);
  const counts = existsSync(file) ? countsOf(JSON.parse(readFileSync(file, 'utf8')) as VitestReport) : undefined;
  rmSync(folder, { recursive: true, force: true });
  const { passed, failed, skipped } = counts ?? { passed: 0, failed: 0, skipped: 0 };
  // vitest also fails for what belongs to no test: a setup that threw, an unhandled rejection.
  return { passed, failed: status !== 0 && failed === 0 ? 1 : failed, skipped };
}

/** A file that could not be loaded has no tests of its own to fail, so it counts as one. */
function countsOf(report: VitestReport): Counts {
  const broken = report.testResults.filter(({ status, assertionResults }) =>
    status === 'failed' && !assertionResults.some((result) => result.status === 'failed'));
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

function findChromium(): string | undefined {
  const wanted = process.env['LACHAN_CHROMIUM'];
  return wanted === undefined ? BROWSERS.find((path) => existsSync(path)) : [wanted].find((path) => existsSync(path));
}

/** As root on Debian or Ubuntu, from the distribution's own archive; else nothing. */
function installPackages(packages: readonly string[]): void {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return;
  process.env['DEBIAN_FRONTEND'] = 'noninteractive';
  console.log(`Cài ${packages.join(', ')} bằng apt-get… / Installing ${packages.join(', ')} with apt-get…`);
  show('apt-get', ['update', '-q']);
  show('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...packages]);
}

/** Whether a font fits the pattern of fontconfig. */
function hasFont(pattern: string): boolean {
  return spawnSync('fc-list', [pattern], { encoding: 'utf8' }).stdout?.trim() !== '';
}

function installChromium(): string | undefined {
  if (process.env['LACHAN_CHROMIUM'] === undefined) installPackages(PACKAGES);
  const found = findChromium();
  if (found === undefined) {
    console.error('Kiểm thử cần Chromium: hãy cài gói chromium hoặc đặt LACHAN_CHROMIUM là đường dẫn tới nó. / '
      + 'The tests need Chromium: install the chromium package or set LACHAN_CHROMIUM to its path.');
  }
  return found;
}

function bin(name: string): string {
  return join(root, 'node_modules/.bin', name);
}

function show(command: string, args: readonly string[]): number {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
  if (error !== undefined) console.error(error.message);
  return status ?? 1;
}
