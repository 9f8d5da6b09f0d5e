import { lookup } from 'node:dns/promises';
import http from 'node:http';
import https from 'node:https';
import { isIP } from 'node:net';
import { bareHost, reachOf, webhookAddress, type Fault } from './address.ts';

/** How a name is turned into addresses, and how long an answer may take; tests put their own in. */
export interface Net {
  readonly resolve: (host: string) => Promise<readonly string[]>;
  /** Milliseconds for everything: name, connection, answer. */
  readonly timeout: number;
}

/** The machine's resolver; ten seconds. */
export const NET: Net = { resolve: async (host) => (await lookup(host, { all: true, verbatim: true })).map(({ address }) => address), timeout: 10_000 };

/** What came of one sending. */
export interface Sent {
  readonly ok: boolean;
  /** HTTP status, when there was an answer. */
  readonly status: number | null;
  readonly fault: Fault | null;
}

const MOST_ANSWER = 1024;

/**
 * Posts a body to a webhook. The name is resolved once, every address it has is judged, and the connection goes to that very address, so
 * that a name cannot lead elsewhere between the look and the leap. Redirects are not followed, the answer’s body is dropped. Never throws.
 */
export async function post(address: string, headers: Record<string, string>, body: string, allowPrivate: boolean, net: Net = NET): Promise<Sent> {
  const checked = webhookAddress(address, allowPrivate);
  if (!checked.ok) return failed(checked.fault);
  const signal = AbortSignal.timeout(net.timeout);
  const target = await Promise.race([resolved(checked.url, allowPrivate, net), aborted(signal)]);
  if ('fault' in target) return failed(target.fault);
  return new Promise((resolve) => {
    const { url } = checked;
    const host = bareHost(url);
    const request = (url.protocol === 'https:' ? https : http).request({
      host: target.address, port: url.port || undefined, path: url.pathname + url.search, method: 'POST', agent: false, signal, maxHeaderSize: 16 * 1024,
      servername: isIP(host) === 0 ? host : undefined, headers: { ...headers, host: url.host, 'content-length': Buffer.byteLength(body) },
    });
    request.on('error', (error: NodeJS.ErrnoException) => resolve(failed(signal.aborted ? 'timeout' : faultOf(error))));
    request.on('response', (response) => {
      response.on('error', () => {});
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > MOST_ANSWER) response.destroy();
      });
      resolve(answered(response.statusCode ?? 0));
    });
    request.end(body);
  });
}

function failed(fault: Fault): Sent {
  return { ok: false, status: null, fault };
}

function answered(status: number): Sent {
  if (status >= 200 && status < 300) return { ok: true, status, fault: null };
  return { ok: false, status, fault: status === 410 ? 'gone' : status >= 300 && status < 400 ? 'redirect' : 'status' };
}

function aborted(signal: AbortSignal): Promise<{ fault: Fault }> {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve({ fault: 'timeout' }), { once: true }));
}

/** The one address to connect to. A name with one address that may not be is refused whole: a mixture is a trick or a mistake. */
async function resolved(url: URL, allowPrivate: boolean, { resolve }: Net): Promise<{ address: string } | { fault: Fault }> {
  const host = bareHost(url);
  const addresses = isIP(host) === 0 ? await resolve(host).catch(() => []) : [host];
  const [address] = addresses;
  if (address === undefined) return { fault: 'dns' };
  const reaches = addresses.map(reachOf);
  if (reaches.some((reach) => reach === 'never' || (reach === 'own' && !allowPrivate))) return { fault: 'private_address' };
  if (url.protocol === 'http:' && reaches.some((reach) => reach !== 'own')) return { fault: 'scheme' };
  return { address };
}

/** Node's and OpenSSL's codes of a certificate or handshake that failed. */
function faultOf({ code = '' }: NodeJS.ErrnoException): Fault {
  return /CERT|SELF_SIGNED|UNABLE_TO|ERR_TLS|ERR_SSL|EPROTO|HOSTNAME_MISMATCH/.test(code) ? 'tls' : 'connection';
}
