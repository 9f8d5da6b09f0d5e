/**
 * `node scripts/docs.ts`: writes the pages of docs/ that derive from typed data. With `--check` it writes nothing and
 * exits 1 when a page differs. A page is never edited by hand; tests/integration/docs.test.ts compares too.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { AIMS } from '#catalogue/aims.ts';
import { CATEGORIES, type Category, type Route } from '#catalogue/categories.ts';
import { GATE_QUESTIONS } from '#catalogue/gate.ts';
import type { Label } from '#catalogue/label.ts';
import { citation, DOCUMENTS, EXCLUDED, LEGAL_BASES, type Provision } from '#catalogue/legal-bases.ts';
import { MEASURES, measureFits, type Measure } from '#catalogue/measures.ts';
import { PERSONAL_DATA } from '#catalogue/personal-data.ts';
import { RETENTION, type Ending, type RetentionRow } from '#catalogue/retention.ts';
import { ROLES } from '#catalogue/roles.ts';
import { DEADLINES, type Deadline } from '#core/deadlines.ts';
import { finalStates, MACHINES, type Machine, type MachineName } from '#core/machines.ts';
import type { Performer, Transition } from '#core/transitions.ts';
import { stateWord } from '#web/machine-words.ts';
import { SETTINGS } from '../src/config.ts';

const root = resolve(import.meta.dirname, '..');

const MADE = '<!-- Made by `node scripts/docs.ts`. Change the data it names, not this page. -->';
const LAWYER = `> **Chưa được luật sư kiểm tra. / Not checked by a lawyer.** Đây là bản chép để nghiên cứu, không phải tư vấn pháp lý.
> Một luật sư Việt Nam phải đối chiếu từng điều với Công báo trước khi dùng cho quyết định thật. / This is a research
> transcription, not legal advice; a Vietnamese lawyer checks each article against Công báo before it is used for a real
> decision.`;

/** The generated pages: path from the root → how its text is made. */
export const PAGES: Readonly<Record<string, () => string>> = {
  'docs/configuration.md': configurationPage,
  'docs/states.md': statesPage,
  'docs/catalogue.md': cataloguePage,
  'docs/personal-data.md': personalDataPage,
};

/** docs/configuration.md: every setting of src/config.ts with its default and meaning. */
export function configurationPage(): string {
  const rows = Object.entries(SETTINGS).map(([name, schema]) => [code(name), defaultOf(name), schema.description ?? '']);
  return page('Cấu hình / Configuration', [
    `Settings are environment variables, read once at the start and checked (\`src/config.ts\`). A wrong one stops the start
with a sentence that names it; an empty one counts as not set. There is no settings file: under systemd use
\`Environment=\` or \`EnvironmentFile=\` (see \`deploy/lachan.service\`).

Cài đặt là biến môi trường, đọc một lần khi khởi động. Cài đặt sai thì dịch vụ không chạy và nói rõ sai ở đâu.`,
    table(['Biến / Name', 'Mặc định / Default', 'Ý nghĩa / Meaning'], rows),
    `\`lachan demo\` uses \`.lachan/demo\` in the checkout, \`127.0.0.1\` and log level \`warn\` unless told otherwise. Outside
the service, \`./lachan test\` reads \`LACHAN_CHROMIUM\` (path of the browser) and \`./lachan bench intake\` reads
\`BENCH_SECONDS\`.`,
  ]);
}

/** The default as it would be typed; a path below the home folder begins with ~, so that every machine makes one page. */
function defaultOf(name: string): string {
  const { success, data } = SETTINGS[name as keyof typeof SETTINGS].safeParse(undefined);
  if (!success || data === undefined) return 'không / none';
  if (typeof data === 'boolean') return code(data ? '1' : '0');
  const inHome = name === 'LACHAN_HOME' ? join('~', relative(homedir(), String(data))) : String(data);
  return code(inHome);
}

const REASONS: Readonly<Record<Transition<string>['reason'], string>> = {
  none: 'không / none', optional: 'tùy / optional', required: 'bắt buộc / required',
};

/** docs/states.md: the state machines of src/core/machines.ts, each with its diagram and the table of its steps. */
export function statesPage(): string {
  return page('Trạng thái / States', [
    `From \`src/core/machines.ts\`, which collects the tables of \`src/core/transitions.ts\`. The same lies in the database
(\`state_transition\`); a trigger refuses every other step, and a step without its journal entry does not commit. A transition
in this table is what the rules allow; not every one has its screen yet (\`docs/STATUS.md\`): nothing leads to \`consulting\` or
\`reversed\` before opinions and appeals are built. The console shows the same at \`/can-bo/tro-giup/trang-thai\`.

Bảng này cũng nằm trong cơ sở dữ liệu: bước nào không có ở đây thì không ghi được, bước nào không có dòng nhật ký thì không
lưu được. Bước có trong bảng chưa chắc đã có màn hình. Cán bộ xem cùng sơ đồ này trong phần Trợ giúp.`,
    ...MACHINES.map(machineSection),
  ]);
}

function machineSection(machine: Machine & { readonly entity: MachineName }): string {
  const { entity, label: name, states, transitions } = machine;
  const word = (state: string): string => both({ vi: stateWord('vi', entity, state), en: stateWord('en', entity, state) });
  const diagram = [
    'stateDiagram-v2', ...states.map((state) => `  state "${word(state)}" as ${state}`), `  [*] --> ${states[0]!}`,
    ...transitions.flatMap(({ from, to, label }) => from.map((state) => `  ${state} --> ${to}: ${both(label)}`)),
    ...finalStates(machine).map((state) => `  ${state} --> [*]`),
  ];
  const named = (state: string): string => `${stateWord('vi', entity, state)} (${code(state)})`;
  const rows = transitions.map(({ action, from, to, label, by, reason }) => [
    code(action), both(label), from.map(named).join(', '), named(to), by.map(performerLabel).join(', '), REASONS[reason],
  ]);
  return `## ${both(name)}\n\n${fence('mermaid', diagram.join('\n'))}\n\n${table(
    ['action', 'Việc / Step', 'từ / from', 'đến / to', 'ai / who', 'lý do / reason'], rows)}`;
}

function performerLabel(performer: Performer): string {
  if (performer === 'reporter') return 'người phản ánh (reporter)';
  if (performer === 'appellant') return 'người đề nghị (appellant)';
  if (performer === 'agency') return 'hệ thống của cơ quan (token)';
  if (performer === 'system') return 'máy (job)';
  const { label } = ROLES.find((role) => role.code === performer)!;
  return `${label.vi.toLowerCase()} (${label.en.toLowerCase()})`;
}

const ROUTES: Readonly<Record<Route, string>> = {
  measure: 'biện pháp / measure', support_and_police: 'hỗ trợ, Công an / support, police', correction: 'đính chính / correction',
};

/** docs/catalogue.md: what law and scope allow, from src/catalogue. */
export function cataloguePage(): string {
  return page('Danh mục / Catalogue', [
    `From \`src/catalogue/\`. The database holds the same lists as constraints; none of them is a setting. Changing one is a
change of code that somebody reads.`,
    LAWYER,
    `## Mười nhóm hành vi gây hại / The ten kinds of harm\n\n${table(
      ['code', 'Tên / Name', 'Trên cổng / On the portal', 'Đường đi / Route', 'Gộp theo dấu hiệu / Grouped by traces', 'Lưu ảnh / Pictures kept'],
      (CATEGORIES as readonly Category[]).map((one) => [
        code(one.code), both(one.label), both(one.plain), ROUTES[one.route], yesNo(one.linksCases), yesNo(one.storesImages)]))}`,
    `### Điều kiện phải có / Positive elements\n\nPhải đúng tất cả mới qua cửa kiểm tra. / All must hold to pass the gate.\n\n${table(
      ['code', 'Nhóm / Kind', 'Điều kiện / Element'],
      (CATEGORIES as readonly Category[]).flatMap((one) => one.positive.map((element) => [code(element.code), one.label.vi, both(element.label)])))}`,
    `## Cửa kiểm tra / The gate\n\nMột câu “có” là dừng, không có ngoại lệ. / One “yes” stops; there is no override.\n\n${table(
      ['', 'code', 'Câu hỏi / Question', 'Người phản ánh được báo / What the reporter is told'],
      GATE_QUESTIONS.map((one, index) => [String(index + 1), code(one.code), both(one.question), both(one.told)]))}`,
    measuresSection(),
    `## Mục đích / Aims\n\n${table(['code', 'Mục đích / Aim'], AIMS.map((aim) => [code(aim.code), both(aim.label)]))}`,
    lawSection(),
  ]);
}

function measuresSection(): string {
  const rows = (MEASURES as readonly Measure[]).map((measure) => {
    const fits = CATEGORIES.filter(({ code: category }) => measureFits(measure.code as never, category)).map(({ label }) => label.vi);
    const all = fits.length === CATEGORIES.length - 1 ? 'mọi nhóm trừ Báo động giả / all but false alerts' : fits.join('; ');
    return [code(measure.code), both(measure.label), days(measure.maxDays), days(measure.defaultDays), all, yesNo(measure.available)];
  });
  const lesser = (MEASURES as readonly Measure[]).flatMap((measure) =>
    measure.lesser.map((option) => [code(measure.code), code(option.code), both(option.label)]));
  return `## Biện pháp / Measures

Hết ngày cuối thì biện pháp tự hết; gia hạn là một quyết định mới. Biện pháp chưa dùng được thì không soạn được. / A measure
ends on its last day by itself; renewing is a new decision. One that is not available cannot be drafted.

${table(['code', 'Tên / Name', 'Tối đa / Most', 'Đề xuất / Default', 'Nhóm / Kinds', 'Dùng được / Available'], rows)}

### Việc nhẹ hơn phải xét / Milder options to be answered

${table(['measure', 'code', 'Việc / Option'], lesser)}`;
}

function lawSection(): string {
  const documents = DOCUMENTS.map((one) => [code(one.code), both(one.name), one.validFrom, one.validTo ?? '']);
  const bases = LEGAL_BASES.map((one) => [
    CATEGORIES.find(({ code: category }) => category === one.category)!.label.vi, citation(one), both(one.what),
    one.elements.map((element) => element.label.vi).join('; '), datesOf(one)]);
  const excluded = EXCLUDED.map((one) => [citation(one), citation(one, 'en')]);
  return `## Văn bản / Documents

${table(['code', 'Tên / Name', 'Hiệu lực từ / From', 'Đến / To'], documents)}

## Căn cứ pháp lý / Legal bases

Người soạn chọn trong danh sách, không gõ tự do; căn cứ phải có hiệu lực vào ngày quyết định. / Drafters pick from this list;
there is no free text, and the clause must be in force on the day of the decision.

${table(['Nhóm / Kind', 'Điều khoản / Clause', 'Nội dung / What', 'Yếu tố phải chứng minh / Elements', 'Hiệu lực / In force'], bases)}

## Điều khoản loại ra có chủ đích / Provisions excluded on purpose

Điều khoản về ngôn luận, báo chí, uy tín. Cơ sở dữ liệu từ chối nhập chúng. / Clauses about speech, the press and reputation.
The database refuses to hold them.

${table(['Điều khoản / Provision', 'English'], excluded)}

${LAWYER}`;
}

function datesOf({ document }: Provision): string {
  const { validFrom, validTo } = DOCUMENTS.find((one) => one.code === document)!;
  return `${validFrom} → ${validTo ?? '…'}`;
}

/** docs/personal-data.md: every column about people, from src/catalogue/personal-data.ts. */
export function personalDataPage(): string {
  const tables = [...new Set(PERSONAL_DATA.map((one) => one.table))];
  const sections = tables.map((name) => `## \`${name}\`\n\n${table(
    ['column', 'Là gì / What', 'Để làm gì / Purpose', 'Căn cứ / Basis', 'Giữ bao lâu / Kept for'],
    PERSONAL_DATA.filter((one) => one.table === name).map((one) => [code(one.column), both(one.what), both(one.purpose), both(one.basis), both(one.retention)]))}`);
  return page('Dữ liệu cá nhân / Personal data', [
    `Every column that holds, or may hold, data about a person. From \`src/catalogue/personal-data.ts\`, which also lists all
columns of all tables: a column that is on neither list fails the tests, and names such as “author”, “profile” or “score”
are refused whatever the list says.`,
    LAWYER,
    `**What is not kept.** The network address of a visitor or reporter; cookies on the portal; what is typed into the check
page; the plain text of the reporter’s secret, e-mail, phone or name; pictures in the category of intimate images; anything about
the person who made a page, account or message that was reported.

**What ends, and what does not.** The terms stand below and in \`src/catalogue/retention.ts\`; \`/can-bo/luu-giu\` and
\`./lachan admin retention --dry-run\` count what is due. Decisions, the journal and accounts have no automatic end. An operator
deletes nothing by hand in the tables, since guards and journal would refuse or miss it.

**Outside the tables.** Pictures lie encrypted under \`LACHAN_HOME/files\`. Job data (\`pgboss\`) names reports by id only.
The log of the process redacts e-mail, phone and contact. A mail to a reporter holds code and link, never content.`,
    `## Thời hạn lưu giữ / Terms of keeping\n\n${table(
      ['key', 'Là gì / What', 'Tính từ / From', 'Giữ bao lâu / Kept for', 'Hết thì / Then', 'Việc / Job', 'Nguồn / Source'], RETENTION.map(termRow))}`,
    ...sections,
  ]);
}

const ENDINGS: Readonly<Record<Ending, string>> = {
  deleted: 'xóa / deleted', emptied: 'làm trống / emptied', kept_without_person: 'còn dòng, không còn ai / row without a person', kept: 'giữ / kept',
};
const TERM_UNITS: Readonly<Record<Deadline['unit'] | 'minute', string>> = {
  minute: 'phút / minutes', hour: 'giờ / hours', working_day: 'ngày làm việc / working days', day: 'ngày / days', month: 'tháng / months',
};

function termRow({ key, what, from, term, end, job, why }: RetentionRow): string[] {
  const found = term === null ? null : 'deadline' in term ? DEADLINES[term.deadline] : term;
  return [
    code(key), both(what), found ? both(from) : '', found ? `${found.amount} ${TERM_UNITS[found.unit]}` : '', why ? `${ENDINGS[end]}. ${both(why)}` : ENDINGS[end], job ? code(job) : '',
    found?.source ?? '',
  ];
}

function page(title: string, parts: readonly string[]): string {
  return `${[`${MADE}\n\n# ${title}`, ...parts].join('\n\n')}\n`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
  return [line(head), `|${head.map(() => '---|').join('')}`, ...rows.map(line)].join('\n');
}

const code = (text: string): string => `\`${text}\``;
const both = ({ vi, en }: Label): string => `${vi} / ${en}`;
const yesNo = (yes: boolean): string => (yes ? 'có / yes' : 'không / no');
const days = (count: number | null): string => (count === null ? '' : `${count}`);
const fence = (language: string, text: string): string => `\`\`\`${language}\n${text}\n\`\`\``;

/** The pages whose file on disk is missing or other than it should be. */
export function stalePages(): string[] {
  return Object.entries(PAGES).filter(([path, make]) => {
    const file = join(root, path);
    return !existsSync(file) || readFileSync(file, 'utf8') !== make();
  }).map(([path]) => path);
}

function main(args: readonly string[]): void {
  const stale = stalePages();
  if (args.includes('--check')) {
    if (stale.length > 0) console.error(`Cũ / out of date: ${stale.join(', ')}. Chạy / run: node scripts/docs.ts`);
    process.exitCode = stale.length > 0 ? 1 : 0;
    return;
  }
  for (const path of stale) writeFileSync(join(root, path), PAGES[path]!());
  console.log(stale.length > 0 ? `Đã viết / written: ${stale.join(', ')}` : 'Không có gì thay đổi. / Nothing changed.');
}

if (import.meta.main) main(process.argv.slice(2));
