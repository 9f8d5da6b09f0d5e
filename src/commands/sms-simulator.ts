import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { isSigned, signPost } from '../platform/signed-post.ts';
import { uuidv7 } from '../platform/uuid.ts';

const HELP = `./lachan sms-simulator [--desk http://localhost:8080] [--port 8090]

Giả làm cổng tin nhắn: mỗi dòng gõ vào “0912345678 nội dung” thành một tin gửi đến; tin Lá Chắn gửi đi được in ra.
Plays the SMS gateway: a line “0912345678 words” becomes an incoming message; outgoing ones are printed.
Lá Chắn: SMS_SECRET=… (24+) SMS_GATEWAY_URL=http://localhost:8090/ ./lachan start`;

const MOST_BYTES = 64 * 1024;

/** `lachan sms-simulator` */
export async function smsSimulator(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { desk: { type: 'string', default: 'http://localhost:8080' }, port: { type: 'string', default: '8090' }, help: { type: 'boolean' } } });
  const secret = process.env.SMS_SECRET;
  if (values.help) return console.log(HELP);
  if (!secret) throw new Error('Cấu hình: cần SMS_SECRET, cùng giá trị với Lá Chắn / SMS_SECRET is needed, the same as the desk’s');
  const server = createServer((request, response) => void print(request, response, secret));
  server.listen(Number(values.port), '127.0.0.1');
  await once(server, 'listening');
  console.log(`SMS_GATEWAY_URL=http://localhost:${(server.address() as AddressInfo).port}/`);
  for await (const line of createInterface({ input: process.stdin })) {
    const [, from, text] = /^\s*(\+?[\d .-]{3,20}?)\s+(\S.*)$/.exec(line) ?? [];
    if (from && text) console.log(await send(values.desk, secret, from, text));
    else if (line.trim()) console.log('0912345678 nội dung tin nhắn');
  }
  server.close();
}

async function send(desk: string, secret: string, from: string, text: string): Promise<string> {
  const now = new Date();
  const id = uuidv7(now);
  const body = JSON.stringify({ id, from, text });
  const answer = await fetch(new URL('/api/v1/sms', desk), { method: 'POST', body, headers: { 'Content-Type': 'application/json', ...signPost(secret, id, now, body) } })
    .catch((error: unknown) => error as Error);
  return answer instanceof Error ? `→ ${answer.message}` : `→ ${answer.status} ${await answer.text()}`;
}

async function print(request: IncomingMessage, response: ServerResponse, secret: string): Promise<void> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) if ((size += chunk.length) <= MOST_BYTES) chunks.push(chunk);
  const body = Buffer.concat(chunks).toString('utf8');
  const signed = size <= MOST_BYTES && isSigned(secret, request.headers as Record<string, string>, new Date(), body);
  response.writeHead(signed ? 202 : 403).end();
  const { to = '?', text = '' } = signed ? JSON.parse(body) as { to?: string; text?: string } : {};
  console.log(signed ? `← ${to}: ${text}` : '← (chữ ký sai / wrong signature)');
}
