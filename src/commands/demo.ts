import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from '../app.ts';
import { readConfig } from '../config.ts';
import { DEMO_OFFICERS, DEMO_PASSWORD } from '../demo/people.ts';
import { fillDemo, isEmpty } from '../demo/story.ts';
import { ROLES } from '../catalogue/roles.ts';
import { SYSTEM_CLOCK } from '../platform/clock.ts';
import { holdDesk } from '../server.ts';
import { runParts, untilSignal } from './start.ts';

const HELP = `./lachan demo

Chạy thử với dữ liệu mẫu của tỉnh Cao Bằng trong thư mục .lachan/demo (hoặc LACHAN_HOME).
Everything set up with a sample province; data in .lachan/demo (or LACHAN_HOME).`;

/** `lachan demo` */
export async function demo(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { help: { type: 'boolean' } } });
  if (values.help) return console.log(HELP);
  const environment = { LACHAN_HOME: join(ROOT, '.lachan', 'demo'), LOG_LEVEL: 'warn', HOST: '127.0.0.1', ...process.env, LACHAN_DEMO: '1' };
  const say = (line: string) => console.error(line);
  say('Đang khởi động cơ sở dữ liệu… / Starting the database…');
  const held = await holdDesk(readConfig(environment), SYSTEM_CLOCK, 'demo', () => {});
  if (await isEmpty(held.desk)) await fillDemo(held.desk, say);
  const stop = await runParts(held, 'all', printWelcome);
  await untilSignal();
  await stop();
}

function printWelcome(url: string): void {
  const roles = (codes: readonly string[]) => codes.map((code) => ROLES.find((role) => role.code === code)!.label.vi.toLowerCase()).join(', ');
  const width = Math.max(...DEMO_OFFICERS.map(({ email }) => email.length));
  console.log(`
Lá Chắn đang chạy thử, dữ liệu giả. / Running with sample data.

  Cổng người dân / Portal     ${url}/
  Cán bộ / Console            ${url}/can-bo

Tài khoản thử, chung mật khẩu / Demo accounts, one password: ${DEMO_PASSWORD}
${DEMO_OFFICERS.map(({ email, name, roles: held }) => `  ${email.padEnd(width)}  ${name}: ${roles(held)}`).join('\n')}

Dừng bằng Ctrl+C. / Stop with Ctrl+C.`);
}
