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
  TRUST_PROXY: flag.default(false).describe('1 if a proxy in front sets X-Forwarded-For; never otherwise'),
  PROVINCE: z.string().regex(/^\d{2}$/).default('04').describe('Code of the province this deployment serves (GSO)'),
  LACHAN_KEY: z.string().regex(/^[A-Za-z0-9+/]{43}=$/).optional().describe('Master key (32 bytes, base64) from a vault; default: a file in LACHAN_HOME'),
  LACHAN_DEMO: flag.default(false).describe('Set by `lachan demo`: sample data, accounts without a second factor'),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info').describe('How much is written to the log'),
} as const;

const schema = z.object(SETTINGS);
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
