import { parseArgs } from 'node:util';
import { LachanError } from './platform/errors.ts';

/** A command of `./lachan`: one line of help and what it does. */
interface Command {
  readonly help: string;
  readonly run: (args: string[]) => Promise<void>;
}

const COMMANDS: Readonly<Record<string, Command>> = {
  demo: { help: 'chạy thử với dữ liệu mẫu của tỉnh Cao Bằng / everything set up, sample province', run: async (args) => (await import('./commands/demo.ts')).demo(args) },
  start: { help: 'chạy dịch vụ [--role web|worker|all] / run the service', run: async (args) => (await import('./commands/start.ts')).start(args) },
  test: { help: 'cài những gì cần rồi chạy mọi kiểm thử / set up what tests need, run them all', run: async () => {} },
  migrate: { help: 'đưa cơ sở dữ liệu lên bản này / bring the database to this version', run: async (args) => (await import('./commands/migrate.ts')).migrate(args) },
  admin: { help: 'người quản trị đầu tiên, danh bạ cơ quan / first administrator, agencies', run: async (args) => (await import('./commands/admin.ts')).admin(args) },
  'sms-simulator': { help: 'giả làm cổng tin nhắn để thử / play the SMS gateway', run: async (args) => (await import('./commands/sms-simulator.ts')).smsSimulator(args) },
  openapi: { help: 'in tài liệu OpenAPI của API / print the OpenAPI document', run: async (args) => (await import('./commands/openapi.ts')).openapi(args) },
  bench: { help: 'pages | intake | start [--json] / measure beside this machine’s own limit', run: async (args) => (await import('./commands/bench.ts')).bench(args) },
};

function usage(): string {
  const width = Math.max(...Object.keys(COMMANDS).map((name) => name.length));
  const lines = Object.entries(COMMANDS).map(([name, { help }]) => `  ${name.padEnd(width)}  ${help}`);
  return `Lá Chắn\n\n./lachan <lệnh>\n\n${lines.join('\n')}\n\nMỗi lệnh có --help. / Each command has --help.`;
}

/** Runs one command; an expected failure is one sentence, anything else shows where it came from. */
async function main([name, ...args]: string[]): Promise<void> {
  const { values } = parseArgs({ args: name ? [name] : [], options: { help: { type: 'boolean', short: 'h' } }, strict: false, allowPositionals: true });
  if (!name || values['help'] || name === 'help') return console.log(usage());
  const command = COMMANDS[name];
  if (!command) {
    console.error(`Không có lệnh “${name}”. / No such command.\n\n${usage()}`);
    process.exitCode = 2;
    return;
  }
  await command.run(args);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  const plain = error instanceof LachanError || (error instanceof Error && error.message.startsWith('Cấu hình'));
  console.error(plain ? error.message : error);
  process.exit(1);
});
