import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';

/** A letter as the server got it. */
export interface ReceivedMail {
  readonly from: string;
  readonly to: readonly string[];
  readonly headers: ReadonlyMap<string, string>;
  readonly text: string;
}

/** A mail server that keeps what it gets (RFC 5321, as much as one client needs). */
export interface SmtpSink {
  readonly url: string;
  readonly mails: readonly ReceivedMail[];
  /** Answers the next `times` letters with "try again later". */
  refuse(times: number): void;
  close(): Promise<void>;
}

/** Listens on a free port of this machine. */
export async function smtpSink(): Promise<SmtpSink> {
  const mails: ReceivedMail[] = [];
  const sockets = new Set<Socket>();
  let refusals = 0;
  const server = createServer((socket) => {
    let waiting = '';
    let letter: string[] | null = null;
    let [from, to]: [string, string[]] = ['', []];
    const answer = (line: string) => void socket.write(`${line}\r\n`);
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket)).setEncoding('utf8').on('data', (chunk) => {
      const lines = (waiting + String(chunk)).split('\r\n');
      waiting = lines.pop()!;
      lines.forEach(read);
    });
    answer('220 localhost');

    function read(line: string): void {
      if (letter && line !== '.') return void letter.push(line.replace(/^\./, ''));
      const address = /<([^>]*)>/.exec(line)?.[1] ?? '';
      if (letter) {
        mails.push({ from, to, ...readLetter(letter.join('\r\n')) });
        [letter, to] = [null, []];
        answer('250 kept');
      } else if (/^MAIL FROM/i.test(line) && refusals-- > 0) answer('451 try again later');
      else if (/^MAIL FROM/i.test(line)) answer(`250 ${(from = address)}`);
      else if (/^RCPT TO/i.test(line)) answer(`250 ${(to = [...to, address]).length}`);
      else if (/^DATA/i.test(line)) answer(`354 ${(letter = []).length}`);
      else answer(/^QUIT/i.test(line) ? '221 bye' : '250 localhost');
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    mails,
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    refuse: (times) => void (refusals = times),
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

function readLetter(source: string): Pick<ReceivedMail, 'headers' | 'text'> {
  const end = source.indexOf('\r\n\r\n');
  const lines = source.slice(0, end).replace(/\r\n[ \t]+/g, ' ').split('\r\n');
  const headers = new Map(lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), decodedWords(line.slice(line.indexOf(':') + 1).trim())]));
  const body = source.slice(end + 4);
  const encoding = headers.get('content-transfer-encoding');
  const bytes = encoding === 'base64' ? Buffer.from(body, 'base64') : encoding === 'quoted-printable' ? quotedPrintable(body) : Buffer.from(body);
  return { headers, text: bytes.toString('utf8').replaceAll('\r\n', '\n') };
}

function quotedPrintable(text: string): Buffer {
  return Buffer.from(text.replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))), 'latin1');
}

/** RFC 2047 */
function decodedWords(value: string): string {
  return value.replace(/\?=\s+=\?/g, '?==?').replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_, kind: string, text: string) =>
    (kind.toLowerCase() === 'b' ? Buffer.from(text, 'base64') : quotedPrintable(text.replaceAll('_', ' '))).toString('utf8'));
}
