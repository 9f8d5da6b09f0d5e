import { crc32, deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import writeXlsxFile from 'write-excel-file/node';
import { MOST_CELL, readRows, type SheetRow, Unreadable } from './rows.ts';

interface Part {
  readonly name: string;
  readonly data: string | Uint8Array;
  /** What the directory says about the size; the truth when left out. */
  readonly declared?: number;
  readonly stored?: boolean;
  readonly flags?: number;
}

/** A ZIP file as APPNOTE.TXT 4.3 has it, with whatever lies it is told to write. */
function zip(parts: readonly Part[]): Buffer {
  const [files, directory]: [Buffer[], Buffer[]] = [[], []];
  let offset = 0;
  for (const { name, data, declared, stored = false, flags = 0 } of parts) {
    const raw = Buffer.from(data);
    const packed = stored ? raw : deflateRawSync(raw);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(flags, 2);
    common.writeUInt16LE(stored ? 0 : 8, 4);
    common.writeUInt32LE(crc32(raw), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(declared ?? raw.length, 18);
    common.writeUInt16LE(Buffer.byteLength(name), 22);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, Buffer.from(name), packed]);
    directory.push(Buffer.from('PK\x01\x02'), Buffer.from([20, 0]), common, place, Buffer.from(name));
    files.push(local);
    offset += local.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06');
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...files, listed, end]);
}

/** The same file with a ZIP64 end record that counts what it likes. */
function zip64(bytes: Buffer, entries: bigint): Buffer {
  const end = bytes.length - 22;
  const record = Buffer.alloc(56);
  record.write('PK\x06\x06');
  record.writeBigUInt64LE(entries, 32);
  record.writeBigUInt64LE(BigInt(bytes.readUInt32LE(end + 16)), 48);
  const locator = Buffer.alloc(20);
  locator.write('PK\x06\x07');
  locator.writeBigUInt64LE(BigInt(end), 8);
  return Buffer.concat([bytes.subarray(0, end), record, locator, bytes.subarray(end)]);
}

const REL = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const WORKBOOK = '<workbook xmlns:r="x"><sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>';
const RELATIONS = `<Relationships><Relationship Id="rId1" Type="${REL}/worksheet" Target="worksheets/sheet1.xml"/>`
  + `<Relationship Id="rId2" Type="${REL}/sharedStrings" Target="/xl/sharedStrings.xml"/>`
  + `<Relationship Id="rId3" Type="${REL}/styles" Target="styles.xml"/></Relationships>`;
const TYPES = '<Types><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>';
const sheetOf = (rows: string) => `<?xml version="1.0" encoding="UTF-8"?><worksheet><sheetData>${rows}</sheetData></worksheet>`;

/** A workbook from the rows of its sheet; `parts` replace or add, null takes away. */
function xlsx(rows: string, parts: Readonly<Record<string, string | Partial<Part> | null>> = {}): Buffer {
  const all: Record<string, string | Partial<Part> | null> = {
    '[Content_Types].xml': TYPES, 'xl/workbook.xml': WORKBOOK, 'xl/_rels/workbook.xml.rels': RELATIONS, 'xl/worksheets/sheet1.xml': sheetOf(rows), ...parts,
  };
  return zip(Object.entries(all).flatMap(([name, part]) =>
    part === null ? [] : [typeof part === 'string' ? { name, data: part } : { name, data: '', ...part }]));
}

const inline = (...texts: string[]) => texts.map((text) => `<c t="inlineStr"><is><t>${text}</t></is></c>`).join('');
const row = (cells: string, number?: number) => `<row${number === undefined ? '' : ` r="${number}"`}>${cells}</row>`;

async function read(bytes: Uint8Array | string, name = 'danh-sach.xlsx', from?: number): Promise<SheetRow[]> {
  const rows: SheetRow[] = [];
  for await (const one of readRows({ name, bytes: typeof bytes === 'string' ? Buffer.from(bytes) : bytes }, { from })) rows.push(one);
  return rows;
}

/** Reason and, in brackets, which check it was. */
async function reasonOf(bytes: Uint8Array | string, name?: string): Promise<string> {
  const error = await read(bytes, name).then(() => null, (thrown: unknown) => thrown);
  return error instanceof Unreadable ? error.message.replace('sheet refused: ', '') : `not refused: ${String(error)}`;
}

const texts = (rows: readonly SheetRow[]) => rows.map(({ number, cells }) => [number, ...cells]);

describe('an XLSX file', () => {
  test('written by another program comes back cell by cell', async () => {
    const bytes = await writeXlsxFile([
      ['Nội dung', 'Số tiền', 'Ngày xảy ra', 'Có'],
      ['Giả danh điện lực <gọi> & dọa cắt điện', 1500000, { value: new Date('2026-11-18T00:00:00Z'), type: Date, format: 'dd/mm/yyyy' }, true],
      [' hai  khoảng trắng ', 0.5, null, false],
    ]).toBuffer();
    expect(texts(await read(bytes))).toEqual([
      [1, 'Nội dung', 'Số tiền', 'Ngày xảy ra', 'Có'],
      [2, 'Giả danh điện lực <gọi> & dọa cắt điện', '1500000', '2026-11-18', 'TRUE'],
      [3, ' hai  khoảng trắng ', '0.5', '', 'FALSE'],
    ]);
  });

  test('with shared and inline strings, runs, pronunciation, escapes and gaps', async () => {
    const strings = '<sst><si><t>Một</t></si>'
      + '<si><r><t>Lừa </t></r><r><rPr><b/></rPr><t>đảo</t></r><rPh><t>đọc</t></rPh></si><si/><si><t>dòng_x000A_mới</t></si></sst>';
    const rows = row('<c r="B2" t="s"><v>1</v></c><c r="D2" t="s"><v>0</v></c><c r="E2" t="s"><v>2</v></c>', 2)
      + row('<c r="A3" s="1"/>', 3) + row('<c r="AB7" t="s"><v>3</v></c><c r="A7" t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r></is></c>', 7);
    expect(texts(await read(xlsx(rows, { 'xl/sharedStrings.xml': strings })))).toEqual([
      [2, '', 'Lừa đảo', '', 'Một'],
      [7, 'ab', ...Array.from({ length: 26 }, () => ''), 'dòng\nmới'],
    ]);
  });

  test.each([
    ['<v>912345678</v>', '912345678'], ['<v>1.2345678901E+11</v>', '123456789010'], ['<v>1E-7</v>', '0.0000001'], ['<v>-2.50</v>', '-2.5'], ['<v>12.0</v>', '12'],
    ['<v>0.30000000000000004</v>', '0.30000000000000004'], ['<v>12345678901234567890</v>', '12345678901234567890'], ['<v>1.5e300</v>', `15${'0'.repeat(299)}`],
    ['<v></v>', ''], ['<v>không phải số</v>', 'không phải số'],
  ])('number %s is %s', async (value, text) => {
    expect((await read(xlsx(row(`${inline('x')}<c>${value}</c>`))))[0]?.cells[1] ?? '').toBe(text);
  });

  const styles = '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/><numFmt numFmtId="165" formatCode="#,##0\\ &quot;đồng nhà nước d&quot;[$₫-42A]"/>'
    + '<numFmt numFmtId="166" formatCode="[$-42A]h:mm:ss"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>'
    + '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="166"/><xf numFmtId="22"/></cellXfs></styleSheet>';
  test.each([
    [0, '46344', '46344'], [1, '46344', '2026-11-18'], [2, '46344.75', '2026-11-18'], [3, '46344', '46344'], [4, '0.5', '0.5'], [5, '46344.5', '2026-11-18'],
    [1, '1', '1900-01-01'], [1, '59', '1900-02-28'], [1, '60', '60'], [1, '61', '1900-03-01'], [1, '-3', '-3'], [1, '99999999', '99999999'],
    [99, '46344', '46344'],
  ])('style %i with %s is %s', async (style, value, text) => {
    const rows = await read(xlsx(row(`<c s="${style}"><v>${value}</v></c>`), { 'xl/styles.xml': styles }));
    expect(rows[0]?.cells).toEqual([text]);
  });

  test('with days counted from 1904, ISO days, errors and booleans', async () => {
    const workbook = WORKBOOK.replace('<sheets>', '<workbookPr date1904="1"/><sheets>');
    const cells = '<c s="1"><v>44882</v></c><c t="d"><v>2026-11-18T08:00:00</v></c><c t="e"><v>#REF!</v></c><c t="b"><v>0</v></c>';
    expect(texts(await read(xlsx(row(cells), { 'xl/workbook.xml': workbook, 'xl/styles.xml': styles })))).toEqual([[1, '2026-11-18', '2026-11-18', '', 'FALSE']]);
  });

  test('with prefixes and strict types, whose first sheet is hidden', async () => {
    const workbook = '<x:workbook xmlns:x="m" xmlns:rel="r"><x:sheets>'
      + '<x:sheet name="h" state="veryHidden" rel:id="a"/><x:sheet name="v" rel:id="b"/></x:sheets></x:workbook>';
    const strict = 'http://purl.oclc.org/ooxml/officeDocument/relationships/worksheet';
    const relations = `<Relationships><Relationship Id="a" Type="${strict}" Target="worksheets/h.xml"/>`
      + `<Relationship Id="b" Type="${strict}" Target="../xl/worksheets/v.xml"/></Relationships>`;
    const sheet = '<x:worksheet><x:sheetData><x:row><x:c t="inlineStr"><x:is><x:t>thấy</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>';
    const bytes = xlsx('', { 'xl/workbook.xml': workbook, 'xl/_rels/workbook.xml.rels': relations, 'xl/worksheets/h.xml': sheetOf(row(inline('giấu'))),
      'xl/worksheets/v.xml': sheet });
    expect(texts(await read(bytes))).toEqual([[1, 'thấy']]);
  });

  test('gives calculated cells as nothing and says so', async () => {
    const rows = row(inline('Nội dung', 'Số tiền')) + row(`${inline('Có người gọi')}<c><f>SUM(A1)</f><v>99</v></c>`) + row('<c t="str"><f>1</f><v>x</v></c>');
    expect(await read(xlsx(rows))).toEqual([
      { number: 1, cells: ['Nội dung', 'Số tiền'], flags: { formula: false, cut: false } },
      { number: 2, cells: ['Có người gọi'], flags: { formula: true, cut: false } },
      { number: 3, cells: [], flags: { formula: true, cut: false } },
    ]);
  });

  test('is refused when a heading is calculated, even below a title', async () => {
    const title = row(inline('BẢNG TỔNG HỢP QUÝ IV'));
    expect(await reasonOf(xlsx(title + row(`${inline('Nội dung', 'Loại')}<c><f>A1</f><v>1</v></c>`)))).toBe('formulas');
    expect(await reasonOf(xlsx(row('<c><f>HYPERLINK("x")</f><v>Nội dung</v></c>')))).toBe('formulas');
  });

  test('cuts a cell that is too long and says so', async () => {
    const [shared, direct] = await read(xlsx(row('<c t="s"><v>0</v></c>') + row(inline('b'.repeat(MOST_CELL))),
      { 'xl/sharedStrings.xml': `<sst><si><t>${'ạ'.repeat(40_000)}</t></si></sst>` }));
    expect(shared).toEqual({ number: 1, cells: ['ạ'.repeat(MOST_CELL)], flags: { formula: false, cut: true } });
    expect(direct?.flags.cut).toBe(false);
  });

  test('reads one with a ZIP64 end record', async () => {
    expect(texts(await read(zip64(xlsx(row(inline('một'))), 4n)))).toEqual([[1, 'một']]);
  });

  test('can be taken up again at any row', async () => {
    const rows = Array.from({ length: 60 }, (_, at) => row(inline(`dòng ${at + 1}`), at * 2 + 1)).join('');
    expect(texts(await read(xlsx(rows), 'a.xlsx', 100)).at(0)).toEqual([101, 'dòng 51']);
    expect(texts(await read(xlsx(rows), 'a.xlsx', 100))).toHaveLength(10);
    expect(await read(xlsx(rows), 'a.xlsx', 1000)).toEqual([]);
    expect(await read(xlsx(rows))).toHaveLength(60);
  });

  test('stops reading when the reader stops', async () => {
    const rows = readRows({ name: 'a.xlsx', bytes: xlsx(Array.from({ length: 5000 }, () => row(inline('một dòng'))).join('')) });
    expect((await rows.next()).value).toMatchObject({ number: 1 });
    expect(await rows.return(undefined)).toEqual({ done: true, value: undefined });
  });
});

const LAUGHS = '<?xml version="1.0"?><!DOCTYPE sst [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;">]><sst><si><t>&lol2;</t></si></sst>';
const line = row(inline('Nội dung', 'Loại'));
const manyNames = Object.fromEntries(Array.from({ length: 2001 }, (_, at) => [`xl/${at}.xml`, 'x']));

/** Milliseconds, for files that are large on purpose. */
const SLOW = { timeout: 60_000 };

describe('a poisoned XLSX file is refused', SLOW, () => {
  test.each<[string, Buffer, string]>([
    ['a bomb that says what it is', xlsx(line, { 'xl/media/a.bin': { data: Buffer.alloc(3_000_000) } }), 'zip_bomb (ratio)'],
    ['a bomb in a part that is read', xlsx('', { 'xl/sharedStrings.xml': { data: Buffer.alloc(3_000_000, ' ') } }), 'zip_bomb (ratio)'],
    ['a bomb that says it is small', xlsx('', { 'xl/sharedStrings.xml': { data: Buffer.alloc(3_000_000, ' '), declared: 5000 } }),
      'zip_bomb (more than declared)'],
    ['sizes that add up to too much', xlsx(line, { 'xl/a.bin': { data: Buffer.alloc(10), declared: 4_000_000_000 } }), 'zip_bomb (size)'],
    ['a size for which ZIP64 fields are missing', xlsx(line, { 'xl/a.bin': { data: Buffer.alloc(10), declared: 0xffffffff } }), 'zip_bomb (size)'],
    ['a ZIP64 count beyond all measure', zip64(xlsx(line), 2n ** 63n), 'zip_bomb (entries)'],
    ['a ZIP64 count of more than there is', zip64(xlsx(line), 5n), 'malformed (directory)'],
    ['too many entries', xlsx(line, manyNames), 'zip_bomb (entries)'],
    ['less than was declared', xlsx('', { 'xl/worksheets/sheet1.xml': { data: sheetOf(line), declared: 900_000 } }), 'malformed (size or checksum of an entry)'],
    ['an entry with a password', xlsx(line, { 'xl/a.xml': { data: 'x', flags: 1 } }), 'encrypted'],
    ['strong encryption', xlsx(line, { 'xl/a.xml': { data: 'x', flags: 0x40 } }), 'encrypted (directory)'],
    ['macros', xlsx(line, { 'xl/vbaProject.bin': 'x' }), 'macros (part)'],
    ['old macro sheets', xlsx(line, { 'xl/macrosheets/sheet1.xml': 'x' }), 'macros (part)'],
    ['a macro type alone', xlsx(line, { '[Content_Types].xml': TYPES.replace('openxmlformats-officedocument.spreadsheetml.sheet',
      'ms-excel.sheet.macroEnabled') }), 'macros (content type)'],
    ['controls', xlsx(line, { 'xl/activeX/activeX1.xml': 'x' }), 'macros (part)'],
    ['links to other files or DDE', xlsx(line, { 'xl/externalLinks/externalLink1.xml': '<externalLink><ddeLink ddeService="cmd"/></externalLink>' }),
      'external_links (part)'],
    ['a link hidden in the relations', xlsx(line, { 'xl/_rels/workbook.xml.rels': RELATIONS.replace('</',
      `<Relationship Id="e" Type="${REL}/worksheet" TargetMode="External" Target="http://x.example"/></`) }), 'external_links (relation)'],
    ['embedded objects', xlsx(line, { 'xl/embeddings/oleObject1.bin': 'x' }), 'external_links (part)'],
    ['data connections', xlsx(line, { 'xl/connections.xml': 'x' }), 'external_links (part)'],
    ['a billion laughs', xlsx(row('<c t="s"><v>0</v></c>'), { 'xl/sharedStrings.xml': LAUGHS }), 'dtd'],
    ['a document type in the sheet', xlsx('', { 'xl/worksheets/sheet1.xml': `<!DOCTYPE worksheet SYSTEM "http://x.example/a.dtd">${sheetOf(line)}` }), 'dtd'],
    ['an entity alone in the workbook', xlsx(line, { 'xl/workbook.xml': `<!ENTITY a SYSTEM "file:///etc/passwd">${WORKBOOK}` }), 'dtd'],
    ['ten thousand columns', xlsx(row(inline(...Array.from({ length: 10_000 }, (_, at) => `c${at}`)))), 'too_many_columns'],
    ['a column no sheet has', xlsx(row('<c r="ZZZ1" t="inlineStr"><is><t>x</t></is></c>')), 'malformed (cell reference)'],
    ['a row of more than a megabyte', xlsx('', { 'xl/worksheets/sheet1.xml': { data: sheetOf(row(inline(...Array.from({ length: 150 },
      () => 'x'.repeat(9000))))), stored: true } }), 'row_too_long'],
    ['too many rows', xlsx(Array.from({ length: 200_001 }, (_, at) => row(`<c><v>${(at * 7919) % 99_991}</v></c>`)).join('')), 'too_many_rows'],
    ['rows that go back', xlsx(row(inline('a'), 5) + row(inline('b'), 5)), 'malformed (row number)'],
    ['a row number that is none', xlsx('<row r="1e3"/>'.replace('1e3', 'x')), 'malformed (row number)'],
    ['a shared string that is not there', xlsx(row('<c t="s"><v>7</v></c>')), 'malformed (shared string)'],
    ['elements in elements without end', xlsx('<a>'.repeat(5000)), 'malformed (depth)'],
    ['a tag without end', xlsx(`<row x="${Array.from({ length: 300_000 }, (_, at) => at).join('')}`), 'malformed (one long token)'],
    ['thousands of attributes', xlsx(`<row ${Array.from({ length: 5000 }, (_, at) => `a${at}=""`).join(' ')}/>`), 'malformed (attributes)'],
    ['attributes of two megabytes',
      xlsx('', { 'xl/workbook.xml': { data: `<workbook>${`<sheet ${Array.from({ length: 100 }, (_, at) => `a${at}="${'x'.repeat(20_000)}"`).join(' ')}/>`}`,
      stored: true } }), 'malformed (attributes)'],
    ['formats without end', xlsx(line, { 'xl/styles.xml': { data: `<a>${'<!-- bình luận -->'.repeat(900_000)}`, stored: true } }), 'malformed (size of a part)'],
    ['bytes that are not UTF-8', xlsx('', { 'xl/worksheets/sheet1.xml': { data: Buffer.from([0x3c, 0x72, 0xff, 0xfe]) } }), 'malformed (not UTF-8)'],
    ['no workbook', xlsx(line, { 'xl/workbook.xml': null }), 'malformed (no workbook)'],
    ['no sheet', xlsx(line, { 'xl/worksheets/sheet1.xml': null }), 'malformed (no visible worksheet)'],
    ['no relations', xlsx(line, { 'xl/_rels/workbook.xml.rels': null }), 'malformed (no visible worksheet)'],
    ['another kind of archive', zip([{ name: 'word/document.xml', data: '<w/>' }]), 'not_a_sheet (no workbook)'],
    ['an archive of nothing', zip([]), 'not_a_sheet (no workbook)'],
    ['two parts of one name', zip([{ name: 'xl/workbook.xml', data: WORKBOOK }, { name: 'xl/workbook.xml', data: WORKBOOK }]),
      'malformed (two entries of one name)'],
    ['no rows', xlsx(''), 'empty'],
    ['only empty rows', xlsx(row('<c s="3"/>', 4) + row('<c t="inlineStr"><is><t></t></is></c>', 9)), 'empty'],
  ])('%s', async (_, bytes, reason) => expect(await reasonOf(bytes)).toBe(reason));

  test('a file that breaks off anywhere', async () => {
    const whole = xlsx(line + row(inline('Có người gọi bảo chuyển tiền', 'Lừa đảo')));
    for (let length = 4; length < whole.length; length += 37) expect(await reasonOf(whole.subarray(0, length))).toBe('malformed (directory)');
  });

  test('an entry whose bytes were changed', async () => {
    const bytes = xlsx('', { 'xl/worksheets/sheet1.xml': { data: sheetOf(row(inline('Nội dung', 'AAAA'))), stored: true } });
    bytes[bytes.indexOf('AAAA')] = 0x42;
    expect(await reasonOf(bytes)).toBe('malformed (size or checksum of an entry)');
  });

  test('an .xlsm by its name, and the older formats by their first bytes', async () => {
    expect(await reasonOf(xlsx(line), 'bao-cao.XLSM')).toBe('macros (name)');
    const compound = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0]);
    expect(await reasonOf(compound, 'cu.xls')).toBe('old_format');
    expect(await reasonOf(Buffer.concat([compound, Buffer.from('EncryptedPackage', 'utf16le')]))).toBe('encrypted');
  });
});

describe('a CSV file', SLOW, () => {
  test.each<[string, string, (string | number)[][]]>([
    ['commas', 'Nội dung,Loại\na,b\n', [[1, 'Nội dung', 'Loại'], [2, 'a', 'b']]],
    ['semicolons, commas in the text', 'Nội dung;Loại;Mã\nmột, hai, ba, bốn, năm;b;1\nsáu, bảy;c;2\n',
      [[1, 'Nội dung', 'Loại', 'Mã'], [2, 'một, hai, ba, bốn, năm', 'b', '1'], [3, 'sáu, bảy', 'c', '2']]],
    ['tabs', 'a\tb\r\nc, d\te\r\n', [[1, 'a', 'b'], [2, 'c, d', 'e']]],
    ['the delimiter named', 'sep=;\r\na,b;c\r\nd,e;f', [[1, 'a,b', 'c'], [2, 'd,e', 'f']]],
    ['quotes with line breaks and quotes', 'a,b\n"dòng 1\ndòng ""2""",x\n\ny,z', [[1, 'a', 'b'], [2, 'dòng 1\ndòng "2"', 'x'], [4, 'y', 'z']]],
    ['a stray quote', 'a,b\nmàn 24" đẹp,x\n', [[1, 'a', 'b'], [2, 'màn 24" đẹp', 'x']]],
    ['ragged rows and empty ends', 'a,b,,\nc\n,,d', [[1, 'a', 'b'], [2, 'c'], [3, '', '', 'd']]],
    ['a byte order mark', '\ufeffa,b', [[1, 'a', 'b']]],
    ['marks written apart', `${'lừa đảo'.normalize('NFD')},b`, [[1, 'lừa đảo', 'b']]],
    ['what looks like formulas', '=cmd|x,+1,-1,@x', [[1, '=cmd|x', '+1', '-1', '@x']]],
  ])('with %s, whatever its name', async (_, text, rows) => expect(texts(await read(text, 'phan-anh.xlsx'))).toEqual(rows));

  test('of Vietnamese Windows, with the marks after the letters', async () => {
    const bytes = Buffer.from([0x4c, 0xfd, 0xcc, 0x61, 0x20, 0xf0, 0x61, 0xd2, 0x6f, 0x3b, 0x47, 0x69, 0x61, 0xd2, 0x20, 0x6d, 0x61, 0xf2, 0x6f, 0x0d, 0x0a]);
    expect(texts(await read(bytes, 'a.csv'))).toEqual([[1, 'Lừa đảo', 'Giả mạo']]);
  });

  test('in UTF-16, as Excel saves “Unicode text”', async () => {
    expect(texts(await read(Buffer.from('\ufeffNội dung\tLoại\r\n', 'utf16le')))).toEqual([[1, 'Nội dung', 'Loại']]);
  });

  test('stops reading when the reader stops', async () => {
    const rows = readRows({ name: 'a.csv', bytes: Buffer.from('a,b\n'.repeat(50_000)) });
    expect((await rows.next()).value).toMatchObject({ number: 1 });
    expect(await rows.return(undefined)).toEqual({ done: true, value: undefined });
  });

  test('can be taken up again', async () => {
    const text = Array.from({ length: 50 }, (_, at) => `dòng ${at + 1},x`).join('\n');
    expect(texts(await read(text, 'a.csv', 49))).toEqual([[49, 'dòng 49', 'x'], [50, 'dòng 50', 'x']]);
  });

  test.each<[string, Uint8Array | string, string]>([
    ['nothing', '', 'empty'],
    ['white space', '\n\n  \n , \n', 'empty'],
    ['a quote without end', 'a,b\n"c,d\n', 'malformed (CSV_QUOTE_NOT_CLOSED)'],
    ['a quote without end in front of much', `a,b\n"${'chữ, '.repeat(300_000)}`, 'row_too_long (CSV_MAX_RECORD_SIZE)'],
    ['too many columns', Array.from({ length: 300 }, (_, at) => at).join(','), 'too_many_columns'],
    ['commas alone', ','.repeat(300_000), 'too_many_columns (empty ones)'],
    ['too many rows', 'a,b\n'.repeat(200_001), 'too_many_rows'],
    ['line ends alone', '\n'.repeat(1_100_000), 'too_many_rows (empty ones)'],
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0]), 'not_a_sheet (NUL)'],
    ['a page', '<!DOCTYPE html><table><tr><td>1</td></tr></table>', 'not_a_sheet'],
    ['a PDF', '%PDF-1.7\n', 'not_a_sheet'],
    ['a NUL far down', Buffer.concat([Buffer.from('a,b\n'.repeat(50_000)), Buffer.from([0])]), 'not_a_sheet (NUL)'],
    ['an encoding that is neither', Buffer.from([0x61, 0x2c, 0x90, 0x8d, 0xff]), 'charset'],
  ])('of %s is refused', async (_, bytes, reason) => expect(await reasonOf(bytes, 'a.csv')).toBe(reason));
});

describe('others have their turn', SLOW, () => {
  const long = sheetOf(row(inline('một dòng')).repeat(100_000));
  test.each<[string, Uint8Array]>([
    ['a large sheet', xlsx('', { 'xl/worksheets/sheet1.xml': { data: long, stored: true } })], ['a large text', Buffer.from('một dòng,x\n'.repeat(100_000))],
  ])('while %s is read', async (_, bytes) => {
    let [rows, seen, longest] = [0, 0, 0];
    let next: NodeJS.Immediate;
    const turn = () => {
      longest = Math.max(longest, rows - seen);
      seen = rows;
      next = setImmediate(turn);
    };
    next = setImmediate(turn);
    for await (const _ of readRows({ name: 'a', bytes })) rows++;
    clearImmediate(next);
    expect([rows, Math.max(longest, rows - seen) < rows / 4]).toEqual([100_000, true]);
  });
});

describe('whatever the bytes', SLOW, () => {
  const whole = xlsx(line + row(inline('a', 'b') + '<c t="s"><v>0</v></c>', 7), { 'xl/sharedStrings.xml': '<sst><si><t>x</t></si></sst>' });
  const outcome = (bytes: Uint8Array) => read(bytes).then((rows) => rows.every(({ number }, at) => at === 0 || number > rows[at - 1]!.number),
    (error: unknown) => error instanceof Unreadable);

  test('it is rows or a reason', async () => {
    const bytes = fc.oneof(fc.uint8Array({ maxLength: 300 }), fc.string({ maxLength: 300 }).map((text) => Buffer.from(text)));
    await fc.assert(fc.asyncProperty(bytes, outcome), { numRuns: 300 });
  });

  test('also when a good file is damaged', async () => {
    const damage = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 });
    await fc.assert(fc.asyncProperty(damage, (changes) => {
      const bytes = Buffer.from(whole);
      for (const [at, value] of changes) bytes[at] = value;
      return outcome(bytes);
    }), { numRuns: 500 });
  });

  test('also when the XML is anything', async () => {
    const pieces = fc.constantFrom('<row>', '</row>', '<c>', '<c r="B1" t="s">', '</c>', '<v>', '</v>', '<is>', '<t>', '</t>', '<f/>', '&#x0;', '&amp;',
      '<![CDATA[', ']]>', '<!--', '-->', '"', '1', 'ạ', '<row r="3"/>');
    await fc.assert(fc.asyncProperty(fc.array(pieces, { maxLength: 30 }), (parts) => outcome(xlsx(parts.join('')))), { numRuns: 300 });
  });
});
