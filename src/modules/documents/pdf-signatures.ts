import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SignatureCheck } from '#platform/schema.ts';
import type { Signature } from './types.ts';

/** Bytes of a PDF that is filed. */
export const MOST_PDF_BYTES = 20 * 1024 * 1024;
const PROGRAMS = ['/usr/bin/pdfsig', '/usr/local/bin/pdfsig', '/opt/homebrew/bin/pdfsig'];
const PRLIMIT = '/usr/bin/prlimit';
const MOST_MILLISECONDS = 20_000;
const MOST_MEMORY = 1024 * 1024 * 1024;
const MOST_SECONDS_OF_WORK = 20;
const MOST_OUTPUT = 256 * 1024;
const MOST_SIGNATURES = 20;

/** Whether bytes begin as a PDF does (ISO 32000-1, 7.5.2). */
export function isPdf(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 5)).toString('latin1') === '%PDF-';
}

/** What a check found. */
export interface Checked {
  readonly state: Exclude<SignatureCheck, 'none'>;
  readonly signatures: readonly Signature[];
}

/** One file at a time: each may take as much memory as it is allowed. */
let last: Promise<unknown> = Promise.resolve();

/**
 * Checks the signatures of a PDF with poppler's `pdfsig`, without network and outside any trust but this machine's; never throws. The file
 * lies in a folder of its own, which is also the home of the program, for as long as that takes; trust comes from /etc/pki/nssdb where there is one.
 * @param program null where poppler is not installed
 */
export async function checkSignatures(bytes: Uint8Array, program: string | null = PROGRAMS.find((path) => existsSync(path)) ?? null): Promise<Checked> {
  if (program === null) return { state: 'unavailable', signatures: [] };
  const mine = last.then(() => check(bytes, program)).catch((): Checked => ({ state: 'failed', signatures: [] }));
  last = mine;
  return mine;
}

async function check(bytes: Uint8Array, program: string): Promise<Checked> {
  const folder = await mkdtemp(join(tmpdir(), 'lachan-pdf-'));
  try {
    const file = join(folder, 'signed.pdf');
    await writeFile(file, bytes, { mode: 0o600, flag: 'wx' });
    return readPdfsig(await output(program, ['-no-ocsp', file], folder));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function output(program: string, args: readonly string[], home: string): Promise<string> {
  const [command, all] = existsSync(PRLIMIT)
    ? [PRLIMIT, [`--as=${MOST_MEMORY}`, `--cpu=${MOST_SECONDS_OF_WORK}`, '--core=0', '--', program, ...args]] : [program, [...args]];
  return new Promise((resolve, reject) => {
    execFile(command, all, { timeout: MOST_MILLISECONDS, killSignal: 'SIGKILL', maxBuffer: MOST_OUTPUT, cwd: home, env: { HOME: home, PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' } }, (error, stdout) => {
      // pdfsig ends with 2 where a file bears no signature, and says so.
      if (error && !(typeof error.code === 'number' && stdout.includes('does not contain any signatures'))) reject(error);
      else resolve(stdout);
    });
  });
}

const VALIDITY: Readonly<Record<string, Signature['result']>> = { 'Signature is Valid.': 'valid', 'Digest Mismatch.': 'altered', 'Signature is Invalid.': 'altered' };
const CERTIFICATE: Readonly<Record<string, Signature['certificate']>> = { 'Certificate is Trusted.': 'trusted', 'Certificate has been Revoked.': 'bad', 'Certificate has Expired': 'bad' };

/** Reads what `pdfsig` (poppler 22–25) writes. A name is text of the signer’s: what it says may not pass for a line of the program. */
export function readPdfsig(text: string): Checked {
  if (text.includes('does not contain any signatures')) return { state: 'unsigned', signatures: [] };
  const parts = text.split(/^Signature #\d+:?\s*$/m).slice(1);
  if (parts.length === 0) return { state: 'failed', signatures: [] };
  return { state: 'found', signatures: parts.slice(0, MOST_SIGNATURES).map(readSignature) };
}

function readSignature(part: string): Signature {
  const said = (label: string) => [...part.matchAll(new RegExp(`^  - ${label}: (.*)$`, 'gm'))].map((found) => found[1]!.trim());
  const results = said('Signature Validation');
  const certificates = said('Certificate Validation');
  const isPlain = results.length === 1 && certificates.length <= 1;
  return {
    result: isPlain ? VALIDITY[results[0]!] ?? 'unclear' : 'unclear', certificate: isPlain ? CERTIFICATE[certificates[0] ?? ''] ?? 'unknown' : 'unknown',
    // Control and direction characters would let a name look like another.
    name: (said('Signer Certificate Common Name')[0] ?? '').replace(/[\p{Cc}\p{Cf}]/gu, '').slice(0, 200), at: timeOf(said('Signing Time')[0]), whole: /^  - Total document signed\s*$/m.test(part),
  };
}

/** "Nov 22 2026 03:04:05", in the zone the program ran in, which is UTC. */
function timeOf(text: string | undefined): string | null {
  const time = text && /^[A-Z][a-z]{2} \d{1,2} \d{4} \d\d:\d\d:\d\d$/.test(text) ? Date.parse(`${text} UTC`) : NaN;
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}
