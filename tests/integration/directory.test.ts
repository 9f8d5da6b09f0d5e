import { Kysely, PostgresDialect, sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { AGENCIES, COMPETENCES, type Agency, type Competence } from '#catalogue/agencies-cao-bang.ts';
import { CATEGORY_CODES } from '#catalogue/categories.ts';
import { LAST_DISTRICTS_04 } from '#catalogue/units/aliases-04.ts';
import { communesOf } from '#catalogue/units/index.ts';
import { searchKey } from '#core/vietnamese.ts';
import {
  addAgency, addCompetence, agencyDetail, agencyName, agencyNames, communeByCode, communesOfProvince, coordinatingAgency, directoryRoutes, endAgency, explain, findPlaces,
  importAgencies, leadAgency, listAgencies, placeLabel, renameAgency, responsible, seedUnits, successorsOn,
} from '#modules/directory/index.ts';
import { PUBLIC, system, type Actor, type OfficerActor } from '#platform/actor.ts';
import { inTransaction, type Tx } from '#platform/db.ts';
import { Conflict, Forbidden, Invalid } from '#platform/errors.ts';
import { httpApp } from '#platform/http.ts';
import { memoryLimiter } from '#platform/limit.ts';
import type { Database } from '#platform/schema.ts';
import { ErrorPage } from '#web/error-page.tsx';
import type { Lang } from '#web/i18n/index.ts';
import { testDesk } from '../support/desk.ts';

const desk = await testDesk();
const IMPORT = system('agencies-import');
const as = <T>(actor: Actor, work: (tx: Tx) => Promise<T>) => inTransaction(desk, actor, work);
const read = <T>(work: (tx: Tx) => Promise<T>) => as(PUBLIC, work);
const idOf = async (key: string) => (await desk.owner.selectFrom('agency').select('id').where('key', '=', key).executeTakeFirstOrThrow()).id;
const journalCount = async () => Number((await sql<{ n: number }>`select count(*) as n from journal`.execute(desk.owner)).rows[0]!.n);

const HOA_AN = '01654';
const PLACES = [HOA_AN, '01273', '01525'];
const BEFORE = '2024-01-01';
const NOW = '2026-11-22';
const ask = { category: 'scam', communeCode: HOA_AN, provinceCode: '04', on: NOW } as const;

beforeAll(async () => {
  await as(IMPORT, (tx) => importAgencies(tx, IMPORT, AGENCIES, COMPETENCES));
});

/** A pool's statements inside one piece of work, without the security context. */
async function statementsOf(work: (tx: Tx) => Promise<unknown>): Promise<string[]> {
  const seen: string[] = [];
  const db = new Kysely<Database>({
    dialect: new PostgresDialect({ pool: desk.pool }), log: (event) => void (event.level === 'query' && seen.push(event.query.sql)),
  });
  await inTransaction({ db, clock: desk.clock }, PUBLIC, work);
  return seen.filter((text) => !/set_config|^(begin|commit|start transaction)/i.test(text));
}

describe('units', () => {
  it('are all there: 34 provinces, 3,321 communes, 56 of them in Cao Bằng', async () => {
    const { rows } = await sql`select (select count(*) from province) as provinces, (select count(*) from commune) as communes,
      (select count(*) from commune where province_code = '04') as cao_bang`.execute(desk.owner);
    expect(rows).toEqual([{ provinces: 34, communes: 3321, cao_bang: 56 }]);
  });

  it('keep the search key in two halves as long as the names, which findPlaces cuts by length', async () => {
    const units = await desk.owner.selectFrom('commune').select(['name', 'full_name', 'search']).execute();
    for (const { name, full_name, search } of units) {
      expect([search.slice(0, full_name.length), search.slice(-name.length)]).toEqual([searchKey(full_name), searchKey(name)]);
    }
  });

  it('are mended by seeding again, and not written when nothing changed', async () => {
    const versions = () => sql`select max(xmin::text::bigint) as newest from commune`.execute(desk.owner);
    const before = await versions();
    await seedUnits(desk.owner);
    expect((await versions()).rows).toEqual(before.rows);
    await desk.owner.updateTable('commune').set({ full_name: 'Xã Khác' }).where('code', '=', HOA_AN).execute();
    await desk.owner.deleteFrom('area_alias').where('search', '=', 'huyen hoa an').execute();
    await seedUnits(desk.owner);
    expect(await read((tx) => communeByCode(tx, HOA_AN))).toMatchObject({ fullName: 'Xã Hòa An', provinceCode: '04' });
    expect(await read((tx) => findPlaces(tx, 'huyện Hòa An', '04'))).toHaveLength(7);
  });

  it('read in Vietnamese order', async () => {
    const names = (await read((tx) => communesOfProvince(tx, '04'))).map(({ name }) => name);
    expect(names).toHaveLength(56);
    expect(names.indexOf('Bạch Đằng')).toBeLessThan(names.indexOf('Đàm Thủy'));
    expect(names.indexOf('Cô Ba')).toBeLessThan(names.indexOf('Đàm Thủy'));
    expect(await read((tx) => communeByCode(tx, '99999'))).toBeNull();
  });
});

describe('findPlaces', () => {
  const district = LAST_DISTRICTS_04.find(({ key }) => key === 'huyen-hoa-an')!;
  const wanted = [...district.communes, ...district.partly].sort();

  it.each(['huyện Hòa An', 'HUYEN HOA AN', 'huyện Hoà An'.normalize('NFD'), ' Huyện  Hòa An, Cao Bằng', 'h. hoa an'])(
    'finds the communes of the former district by %j', async (text) => {
      const places = await read((tx) => findPlaces(tx, text, '04'));
      expect(places.map(({ code }) => code).sort()).toEqual(wanted);
      expect(placeLabel(places[0]!, 'vi')).toContain('thuộc huyện Hòa An cũ');
    });

  it('puts the commune of that name before the others of the district', async () => {
    const places = await read((tx) => findPlaces(tx, 'hoa an', '04'));
    expect(places[0]).toMatchObject({ code: HOA_AN, fullName: 'Xã Hòa An', formerDistrict: null });
    expect(places.map(({ code }) => code).sort()).toEqual(wanted);
    expect(placeLabel(places[0]!, 'vi')).toBe('Xã Hòa An');
  });

  it('finds by beginning, by kind and name, by a later word, and by the former city', async () => {
    const first = async (text: string) => (await read((tx) => findPlaces(tx, text, '04')))[0]?.fullName;
    expect(await first('dam th')).toBe('Xã Đàm Thủy');
    expect(await first('xã đàm thuỷ')).toBe('Xã Đàm Thủy');
    expect(await first('thuy')).toContain('Thủy');
    expect((await read((tx) => findPlaces(tx, 'TP Cao Bằng', '04'))).map(({ code }) => code).sort()).toEqual(['01273', '01279', '01288']);
  });

  it('gives nothing for nothing, for wildcards and for another province, and keeps to the limit', async () => {
    for (const text of ['', '  ', ',', '%', '_', 'huyện Hòa']) {
      expect(await read((tx) => findPlaces(tx, text, text.startsWith('h') ? '01' : '04'))).toEqual([]);
    }
    expect(await read((tx) => findPlaces(tx, 'xã', '04', 3))).toHaveLength(3);
  });
});

describe('importAgencies', () => {
  it('brings the catalogue once, and nothing the second time', async () => {
    const before = await journalCount();
    expect(before).toBeGreaterThanOrEqual(AGENCIES.length);
    expect(await as(IMPORT, (tx) => importAgencies(tx, IMPORT, AGENCIES, COMPETENCES)))
      .toEqual({ agencies: 0, names: 0, contacts: 0, successors: 0, competences: 0 });
    expect(await journalCount()).toBe(before);
    expect(await read((tx) => listAgencies(tx, { on: NOW }))).toHaveLength(AGENCIES.filter(({ to }) => to === null).length);
  });

  it('is refused to officers who are no administrators', async () => {
    const officer: Actor = { kind: 'officer', officerId: crypto.randomUUID(), agencyId: await idOf('so-vhttdl'), roles: ['leader'], name: '' };
    await expect(as(officer, (tx) => importAgencies(tx, officer, AGENCIES, []))).rejects.toThrow(Forbidden);
  });
});

describe('responsible', () => {
  const questions = CATEGORY_CODES.flatMap((category) => PLACES.flatMap((communeCode) => [BEFORE, NOW].map((on) => (
    { category, communeCode, provinceCode: '04', on }))));

  it.each(questions)('names exactly one lead, first, with its law: $category $communeCode $on', async (question) => {
    const rows = await read((tx) => responsible(tx, question));
    expect(rows.map(({ role }) => role).indexOf('lead')).toBe(0);
    expect(rows.filter(({ role }) => role === 'lead')).toHaveLength(1);
    expect(new Set(rows.map(({ agencyId }) => agencyId)).size).toBe(rows.length);
    const lead = rows[0]!;
    expect(explain(rows, 'vi')).toContain(lead.law);
    expect(explain(rows, 'vi')).toContain(`${lead.name} chủ trì xử lý`);
    expect(explain(rows, 'en')).toContain(lead.law);
    expect(lead.from <= question.on && question.on <= (lead.to ?? '9999')).toBe(true);
    expect(await read((tx) => leadAgency(tx, question))).toBe(lead.agencyId);
  });

  it.each([[BEFORE, 'so-tttt'], [NOW, 'so-vhttdl']])('names who coordinates for every harm on %s', async (on, key) => {
    const id = await idOf(key);
    for (const category of CATEGORY_CODES) {
      const question = { ...ask, category, on };
      expect(await read((tx) => coordinatingAgency(tx, question))).toBe(id);
      const rows = await read((tx) => responsible(tx, question));
      expect(rows.filter(({ coordinates }) => coordinates).map(({ agencyId }) => agencyId)).toEqual([id]);
      const [first, second] = rows;
      if (first!.agencyId !== id) expect(second).toMatchObject({ agencyId: id, role: 'coordinate' });
      expect(explain(rows, 'vi')).toContain(`Tiếp nhận và chủ trì phối hợp: ${rows.find((row) => row.agencyId === id)!.name}.`);
    }
  });

  it('puts the commune before the province among those who support, under the names of the day', async () => {
    const namesOn = async (on: string) => (
      (await read((tx) => responsible(tx, { ...ask, on }))).filter(({ role }) => role === 'support').map(({ name }) => name));
    expect((await namesOn(NOW))[0]).toBe('Ủy ban nhân dân xã Hòa An');
    expect((await namesOn(BEFORE))[0]).toBe('Ủy ban nhân dân huyện Hòa An');
    const goods = async (on: string) => (await read((tx) => responsible(tx, { ...ask, category: 'counterfeit_unlicensed_goods', on })))[0]!.name;
    expect(await goods('2023-06-15')).toBe('Cục Quản lý thị trường tỉnh Cao Bằng');
    expect(await goods(NOW)).toBe('Chi cục Quản lý thị trường, Sở Công Thương tỉnh Cao Bằng');
  });

  it('asks only the province where no commune is known, and nobody before the regulation', async () => {
    const rows = await read((tx) => responsible(tx, { ...ask, communeCode: null }));
    expect(rows.every(({ scope, territory }) => scope === 'province' && territory === 'Tỉnh Cao Bằng')).toBe(true);
    const early = await read((tx) => responsible(tx, { ...ask, on: '2020-06-01' }));
    expect(early).toEqual([]);
    expect(explain(early, 'vi')).toContain('chưa ghi cơ quan nào chủ trì');
    expect(await read((tx) => leadAgency(tx, { ...ask, on: '2020-06-01' }))).toBeNull();
  });

  it('is one query', async () => {
    expect(await statementsOf((tx) => responsible(tx, ask))).toHaveLength(1);
    expect(await statementsOf((tx) => leadAgency(tx, ask))).toHaveLength(1);
  });
});

describe('agencies that ended', () => {
  it('pass a district’s duty to its successor communes from 01/7/2025 on', async () => {
    const district = LAST_DISTRICTS_04.find(({ key }) => key === 'huyen-hoa-an')!;
    const id = await idOf('ubnd-huyen-hoa-an');
    expect((await read((tx) => successorsOn(tx, id, '2025-06-30'))).map(({ name }) => name)).toEqual(['Ủy ban nhân dân huyện Hòa An']);
    const heirs = await read((tx) => successorsOn(tx, id, '2025-07-01'));
    expect(heirs).toHaveLength(district.communes.length + district.partly.length);
    expect(heirs.map(({ name }) => name)).toContain('Ủy ban nhân dân xã Hòa An');
  });

  /** A district that leads with no end written down, and two communes that came after it. */
  const openEnded = (() => {
    const body = (key: string, from: string, to: string | null, more: Partial<Agency>): Agency => ({
      key, level: 'commune', from, to, contacts: [], names: [{ name: `Cơ quan ${key}`, short: key, nameEn: `Agency ${key}`, from, to }], ...more,
    });
    const duty: Competence = {
      agencyKey: 'thu-huyen', category: 'scam', role: 'lead', territory: { kind: 'district', code: 'huyen-hoa-an' }, from: '2021-07-01', to: null,
      reason: { vi: 'Thử.', en: 'Trial.' }, law: 'Văn bản thử', lawyerChecked: false,
    };
    const agencies = [
      body('thu-huyen', '2021-07-01', '2025-06-30', { level: 'district', successors: ['thu-xa-1', 'thu-xa-2'] }),
      body('thu-xa-1', '2025-07-01', null, { communeCode: HOA_AN }), body('thu-xa-2', '2025-07-01', null, { communeCode: '01660' }),
    ];
    return { agencies, duty };
  })();

  it('are followed by responsible(), which says from whom the duty came', async () => {
    await as(IMPORT, async (tx) => {
      await importAgencies(tx, IMPORT, openEnded.agencies, [openEnded.duty]);
      const names = async (communeCode: string, on: string) => {
        const rows = await responsible(tx, { ...ask, communeCode, on });
        return { text: explain(rows, 'vi'), lead: rows[0]!, leads: rows.filter(({ role }) => role === 'lead').map(({ name }) => name) };
      };
      expect((await names(HOA_AN, BEFORE)).leads[0]).toBe('Cơ quan thu-huyen');
      expect((await names(HOA_AN, BEFORE)).lead.formerly).toBeNull();
      const after = await names(HOA_AN, NOW);
      expect(after.leads[0]).toBe('Cơ quan thu-xa-1');
      expect(after.leads).not.toContain('Cơ quan thu-xa-2');
      expect(after.lead.formerly).toMatchObject({ name: 'Cơ quan thu-huyen', endedOn: '2025-06-30' });
      expect(after.text).toContain('Nhận nhiệm vụ của Cơ quan thu-huyen, cơ quan đã kết thúc hoạt động ngày 30/06/2025.');
      expect((await names('01660', NOW)).leads[0]).toBe('Cơ quan thu-xa-2');
      throw new Error('undo');
    }).catch((error: Error) => expect(error.message).toBe('undo'));
  });
});

describe('names', () => {
  it('are those of the day, for one and for several', async () => {
    const [market, lead] = [await idOf('qltt'), await idOf('so-tttt')];
    expect((await read((tx) => agencyName(tx, market, '2023-06-30')))?.shortName).toBe('Cục QLTT');
    expect((await read((tx) => agencyName(tx, market, NOW)))?.shortName).toBe('Chi cục QLTT');
    const names = await read((tx) => agencyNames(tx, [market, lead], BEFORE));
    expect([names.get(market)?.shortName, names.get(lead)?.name]).toEqual(['Cục QLTT', 'Sở Thông tin và Truyền thông']);
    expect((await read((tx) => agencyName(tx, lead, NOW)))?.name).toBe('Sở Thông tin và Truyền thông');
    expect(await read((tx) => agencyName(tx, crypto.randomUUID(), NOW))).toBeNull();
    expect(await statementsOf((tx) => agencyNames(tx, [market, lead], NOW))).toHaveLength(1);
  });

  it('of the past are found by search, marked as ended', async () => {
    const found = await read((tx) => listAgencies(tx, { on: NOW, search: 'THONG TIN VA TRUYEN THONG' }));
    expect(found).toMatchObject([{ key: 'so-tttt', acting: false, to: '2025-06-30' }]);
    expect((await read((tx) => listAgencies(tx, { on: BEFORE }))).map(({ key }) => key)).toContain('so-tttt');
    expect((await read((tx) => listAgencies(tx, { on: NOW, level: 'commune' })))).toHaveLength(56);
    expect((await read((tx) => listAgencies(tx, { on: NOW, search: 'cục quản lý' }))).map(({ key }) => key)).toContain('qltt');
  });
});

describe('administration', () => {
  it('adds, renames and ends, each in the journal, the past untouched', async () => {
    const names = { name: 'Trung tâm Thử', shortName: 'TT Thử', nameEn: 'Trial Centre' };
    const heir = await idOf('so-khcn');
    const { id } = await as(IMPORT, (tx) => addAgency(tx, IMPORT, {
      key: 'thu', level: 'department', from: '2026-01-01', contacts: [{ kind: 'email', value: 'thu@caobang.example' }], ...names,
    }));
    await as(IMPORT, (tx) => renameAgency(tx, IMPORT, { agencyId: id, from: '2026-06-01', ...names, name: 'Trung tâm Mới' }));
    const nameOn = async (on: string) => (await read((tx) => agencyName(tx, id, on)))?.name;
    expect([await nameOn('2026-05-31'), await nameOn('2026-06-01')]).toEqual(['Trung tâm Thử', 'Trung tâm Mới']);
    await expect(as(IMPORT, (tx) => renameAgency(tx, IMPORT, { agencyId: id, from: '2026-05-01', ...names }))).rejects.toThrow(Conflict);
    await expect(as(IMPORT, (tx) => addAgency(tx, IMPORT, { key: 'thu', level: 'press', from: NOW, ...names }))).rejects.toThrow(Conflict);
    await expect(as(IMPORT, (tx) => endAgency(tx, IMPORT, { agencyId: id, lastDay: '2026-10-31', successors: [] }))).rejects.toThrow(Invalid);
    await as(IMPORT, (tx) => endAgency(tx, IMPORT, { agencyId: id, lastDay: '2026-10-31', successors: [heir] }));
    expect((await read((tx) => successorsOn(tx, id, '2026-11-01'))).map((agency) => agency.id)).toEqual([heir]);
    await expect(as(IMPORT, (tx) => endAgency(tx, IMPORT, { agencyId: id, lastDay: '2026-10-31', successors: [heir] }))).rejects.toThrow(Conflict);
    const steps = await desk.owner.selectFrom('journal').select('action').where('entity_id', '=', id).orderBy('seq').execute();
    expect(steps.map(({ action }) => action)).toEqual(['add', 'rename', 'end']);
    const detail = await read((tx) => agencyDetail(tx, id));
    expect(detail).toMatchObject({ to: '2026-10-31', successors: [{ id: heir }], contacts: [{ value: 'thu@caobang.example' }], focal: [] });
    expect(detail?.names.map(({ from, to }) => [from, to])).toEqual([['2026-01-01', '2026-05-31'], ['2026-06-01', '2026-10-31']]);
  });

  it('refuses a second lead for the same harm, territory and days', async () => {
    const agencyId = await idOf('so-y-te');
    const input = {
      agencyId, category: 'scam', role: 'lead', territory: { kind: 'province', code: '04' }, from: '2026-01-01', to: null,
      law: 'Văn bản thử', whyVi: 'Thử.', whyEn: 'Trial.',
    } as const;
    await expect(as(IMPORT, (tx) => addCompetence(tx, IMPORT, input))).rejects.toThrow(Conflict);
    await expect(as(IMPORT, (tx) => addCompetence(tx, IMPORT, { ...input, law: ' ' }))).rejects.toThrow(Invalid);
    const { id } = await as(IMPORT, (tx) => addCompetence(tx, IMPORT, { ...input, role: 'support' }));
    const rows = await read((tx) => responsible(tx, ask));
    expect(rows.find((row) => row.competenceId === id)).toMatchObject({ agencyId, role: 'support', law: 'Văn bản thử' });
  });

  it('shows focal officers and deputies to officers only', async () => {
    const agency_id = await idOf('so-vhttdl');
    const [first, deputy] = await desk.owner.insertInto('officer').values([
      { email: 'a@caobang.example', full_name: 'Bế Thị An' }, { email: 'b@caobang.example', full_name: 'Nông Văn Bình' },
    ]).returning('id').execute();
    await desk.owner.insertInto('officer_role').values([
      { officer_id: deputy!.id, agency_id, role: 'focal', deputy: true, valid_from: '2026-01-01', valid_to: null },
      { officer_id: first!.id, agency_id, role: 'focal', valid_from: '2026-01-01', valid_to: null },
      { officer_id: deputy!.id, agency_id, role: 'focal', valid_from: '2024-01-01', valid_to: '2025-01-01' },
    ]).execute();
    const officer: Actor = { kind: 'officer', officerId: first!.id, agencyId: agency_id, roles: ['focal'], name: '' };
    expect((await as(officer, (tx) => agencyDetail(tx, agency_id)))?.focal.map(({ name, deputy: second }) => [name, second]))
      .toEqual([['Bế Thị An', false], ['Nông Văn Bình', true]]);
    expect((await read((tx) => agencyDetail(tx, agency_id)))?.focal).toEqual([]);
    const after = await as(officer, (tx) => agencyDetail(tx, agency_id));
    expect(after?.predecessors.map(({ name }) => name)).toContain('Sở Thông tin và Truyền thông');
    expect(after?.parent?.name).toBe('Ủy ban nhân dân tỉnh Cao Bằng');
  });
});

it('reads nothing without a security context', async () => {
  await desk.db.transaction().execute(async (transaction) => {
    const tx = Object.assign(transaction, { now: desk.clock.now(), home: desk.db }) as Tx;
    expect(await responsible(tx, ask)).toEqual([]);
    expect(await findPlaces(tx, 'hòa an', '04')).toEqual([]);
    expect(await listAgencies(tx, { on: NOW })).toEqual([]);
    expect(await communesOfProvince(tx, '04')).toEqual([]);
  });
});

it('covers every commune of the province', async () => {
  for (const { code } of communesOf('04')) {
    const rows = await read((tx) => responsible(tx, { ...ask, communeCode: code }));
    expect(rows.filter(({ scope }) => scope === 'commune')).toHaveLength(1);
  }
});

describe('pages', () => {
  /** A page as a signed-in focal officer sees it. */
  async function page(path: string, lang: Lang = 'vi'): Promise<{ status: number; html: string }> {
    const actor: OfficerActor = { kind: 'officer', officerId: crypto.randomUUID(), agencyId: await idOf('so-vhttdl'), roles: ['focal'], name: 'Bế Thị An' };
    const app = httpApp({
      desk, routes: directoryRoutes, limiter: memoryLimiter(), errorPage: ErrorPage, assets: { href: (name) => `/tinh/${name}`, files: new Map() },
      gatekeeper: {
        identify: async () => ({ actor, lang, agencyShort: 'Sở VHTTDL' }),
        askToSignIn: async (ctx) => ctx.seeOther('/dang-nhap'),
      },
    });
    const response = await app.request(path);
    return { status: response.status, html: await response.text() };
  }

  it('list the agencies of a day, narrowed by level and by any name', async () => {
    const today = await page('/can-bo/danh-ba?level=department');
    expect(today.status).toBe(200);
    expect(today.html).toContain('Sở Văn hóa, Thể thao và Du lịch');
    expect(today.html).not.toContain('Sở Thông tin và Truyền thông');
    expect((await page('/can-bo/danh-ba?on=01/01/2024&level=department')).html).toContain('Sở Thông tin và Truyền thông');
    expect((await page('/can-bo/danh-ba?q=khong+co', 'en')).html).toContain('No agency matches');
    const wrong = await page('/can-bo/danh-ba?on=31/02/2024');
    expect(wrong.status).toBe(422);
    expect(wrong.html).toContain('Ngày chưa đúng');
  });

  it('show one agency, its names, heirs and law', async () => {
    const { status, html } = await page(`/can-bo/danh-ba/${await idOf('ubnd-huyen-hoa-an')}`);
    expect(status).toBe(200);
    for (const text of ['đã kết thúc hoạt động ngày 30/06/2025', 'Ủy ban nhân dân xã Hòa An', 'Tên qua các thời kỳ', '77/2015/QH13', '7 xã, phường']) {
      expect(html).toContain(text);
    }
    const english = await page(`/can-bo/danh-ba/${await idOf('qltt')}`, 'en');
    expect(english.html).toContain('Cao Bang Market Surveillance Agency');
    for (const id of ['khong-co', crypto.randomUUID()]) expect((await page(`/can-bo/danh-ba/${id}`)).status).toBe(404);
  });

  it('answer who is responsible, let a place be chosen, and say what is missing', async () => {
    const ASK = '/can-bo/danh-ba/tra-tham-quyen';
    expect((await page(ASK)).status).toBe(200);
    const then = await page(`${ASK}?harm=scam&place=${encodeURIComponent('Xã Hòa An')}&on=2024-01-01`);
    expect(then.html).toContain('Công an tỉnh Cao Bằng chủ trì xử lý trong phạm vi tỉnh Cao Bằng.');
    expect(then.html).toContain('Ủy ban nhân dân huyện Hòa An');
    expect(then.html).toContain('Lừa đảo, Xã Hòa An, ngày 01/01/2024');
    const several = await page(`${ASK}?harm=scam&place=huyen+hoa+an&on=22/11/2026`);
    expect(several.html).toContain('chọn một');
    expect(several.html).toContain(`place=${HOA_AN}`);
    expect((await page(`${ASK}?harm=scam&place=${HOA_AN}`, 'en')).html).toContain('Cao Bang Provincial Police leads in Cao Bang Province.');
    expect((await page(`${ASK}?harm=scam`)).html).toContain('cả tỉnh');
    const wrong = await page(`${ASK}?harm=politics&place=Paris&on=x`);
    expect(wrong.status).toBe(422);
    for (const text of ['Chọn loại việc cần tra', 'Không tìm thấy nơi này', 'Ngày chưa đúng']) expect(wrong.html).toContain(text);
    expect((await page(`${ASK}?harm=scam&place=00004`)).status).toBe(422);
  });
});
