import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';

const url = z.string().trim().refine((value) => URL.canParse(value), 'phải là một địa chỉ URL');
const flag = z.enum(['0', '1', 'true', 'false']).transform((value) => value === '1' || value === 'true');

/** Every setting, its meaning and its default; docs/configuration.md is made from this table. */
export const SETTINGS = {
  PORT: z.coerce.number().int().min(0).max(65535).default(8080).describe('TCP port of the web server; 0 = any free one'),
  HOST: z.string().default('0.0.0.0').describe('Address to listen on; 127.0.0.1 behind a proxy on the same machine'),
  LACHAN_HOME: z.string().default(join(homedir(), '.lachan')).transform((path) => resolve(path)).describe('Data folder: database, files, keys'),
  DATABASE_URL: url.optional().describe('PostgreSQL 18 instead of the embedded one; a role that may create tables and roles'),
  DATABASE_APP_URL: url.optional().describe('Login of the role lachan_app, if the application must not know the owner’s password'),
  BASE_URL: url.optional().describe('Public address, for links in letters; default http://localhost:PORT'),
  SMTP_URL: url.optional().describe('Mail server for acknowledgements; without it nothing is mailed'),
  MAIL_FROM: z.string().default('Lá Chắn <lachan@lachan.example>').describe('Sender of mails'),
  IMAP_URL: url.optional().describe('Mailbox reports come to, imaps://user:password@host/INBOX; its address is the one of MAIL_FROM'),
  SMS_GATEWAY_URL: url.optional().describe('Where outgoing text messages are posted (docs/api); without it none are sent'),
  SMS_SECRET: z.string().min(24).optional().describe('Shared secret that signs messages from and to the SMS gateway; without it none are accepted'),
  SMS_NUMBER: z.string().max(20).optional().describe('Number that text messages are sent to, shown on the portal'),
  DNS_SERVERS: z.string().optional().describe('Name servers for checking signatures of mails, separated by commas; default: those of the system'),
  EDXML_ORGAN_ID: z.string().regex(/^[\w.]{3,13}$/).optional().describe('Identifier of the agency in electronic documents (QCVN 102:2016), such as 000.00.98.H14; without it none are written'),
  TRUST_PROXY: flag.default(false).describe('1 if a proxy in front sets X-Forwarded-For; never otherwise'),
  WEBHOOK_PRIVATE: flag.default(false).describe('1 if webhooks may go to addresses of the own network, also by http and to any port'),
  PROVINCE: z.string().regex(/^\d{2}$/).default('04').describe('Code of the province this deployment serves (GSO)'),
  BACKUP_DAYS: z.coerce.number().int().min(0).max(400).default(35).describe('Days a backup is kept before it is thrown away; a certificate of erasure says until when backups may hold what was erased'),
  LACHAN_KEY: z.string().regex(/^[A-Za-z0-9+/]{43}=$/).optional().describe('Master key (32 bytes, base64) from a vault; default: a file in LACHAN_HOME'),
  LACHAN_DEMO: flag.default(false).describe('Set by `lachan demo`: sample data, accounts without a second factor'),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info').describe('How much is written to the log'),
} as const;

/** A reply address is the mailbox's name, a plus sign and 42 characters; a name has 64 at most (RFC 5321, 4.5.3.1.1). */
const LONGEST_MAILBOX = 21;

const schema = z.object(SETTINGS).refine(
  ({ IMAP_URL, MAIL_FROM }) => !IMAP_URL || (/([^<\s@]+)@[^@\s>]+>?\s*$/.exec(MAIL_FROM)?.[1] ?? '').length <= LONGEST_MAILBOX,
  { path: ['MAIL_FROM'], message: `tên hộp thư trước @ dài nhất ${LONGEST_MAILBOX} ký tự khi có IMAP_URL / at most ${LONGEST_MAILBOX} characters before the @ when IMAP_URL is set` },
);
export type Config = z.output<typeof schema>;

/**
 * The configuration of this process.
 * @param environment usually process.env
 * @throws Error with one line for each wrong setting
 */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const present = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const result = schema.safeParse(present);
  if (result.success) return result.data;
  const lines = result.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
  throw new Error(`Cấu hình chưa đúng / Wrong settings:\n${lines.join('\n')}`);
}
