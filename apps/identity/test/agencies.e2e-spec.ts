import { AgencyChanged } from '@qlvb/contracts';
import { agencyIdOf } from '@qlvb/identity-feature';
import { newId } from '@qlvb/shared-domain';
import { addDays, vietnamDate } from '@qlvb/vietnam';
import { catalogue, HOME, HOME_CODE, OTHER, PROVINCE, refusal, Registry } from './registry.ts';
import type { Session } from './registry.ts';

interface Agency {
  readonly agencyId: string;
  readonly version: number;
  readonly code: string;
  readonly legacyCode: string | null;
  readonly parentId: string | null;
  readonly subdomain: string | null;
  readonly startsOn: string;
  readonly endsOn: string | null;
  readonly successorId: string | null;
}

const day = (ahead: number): string => addDays(vietnamDate(new Date()), ahead);

let registry: Registry;
let admin: Session;
let province: Session;
beforeAll(async () => {
  registry = await Registry.open();
  admin = await registry.newcomer(HOME_CODE, 'agency_admin');
  province = await registry.newcomer('H46', 'agency_admin');
});
afterAll(() => registry.test.stop());

const find = async (query: string): Promise<Agency[]> =>
  (await registry.json<{ items: Agency[] }>(admin, `/agencies?${query}`)).items;

let last = 40;
const input = (more: Record<string, unknown> = {}): Record<string, unknown> => {
  last += 1;
  return {
    code: `${HOME_CODE}.${last}`,
    name: `Trung tâm số ${last}`,
    shortName: `TT${last}`,
    level: 'unit',
    parentId: HOME,
    placeOfIssue: 'Quảng Bình',
    startsOn: '2024-01-01',
    ...more,
  };
};
const add = (more: Record<string, unknown> = {}, by = admin): Promise<Agency> =>
  registry.json<Agency>(by, '/agencies', { body: input(more), status: 201 });
const refused = (path: string, body: unknown, by = admin): Promise<[number, string | undefined]> =>
  refusal(registry.ask(by, path, { body }));

describe('the catalogue', () => {
  it('AGC-03, AGC-20, AGC-22 holds the 348 agencies as a tree below the province', async () => {
    const { rows } = await registry.test.admin.query<{ level: string; count: number }>(
      'SELECT level, count(*)::int AS count FROM agency GROUP BY level ORDER BY level',
    );
    expect(Object.fromEntries(rows.map(({ level, count }) => [level, count]))).toEqual({
      commune: 155,
      department: 21,
      district: 8,
      province: 1,
      unit: 163,
    });
    const [top] = await find('code=H46');
    expect(top).toMatchObject({ agencyId: PROVINCE, code: 'H46', legacyCode: '000.00.00.H46', parentId: null });
    const tree = await registry.test.admin.query(
      `WITH RECURSIVE t AS (SELECT id FROM agency WHERE parent_id IS NULL
         UNION ALL SELECT a.id FROM agency a JOIN t ON a.parent_id = t.id) SELECT count(*)::int AS count FROM t`,
    );
    expect(tree.rows).toEqual([{ count: 348 }]);
  });

  it('AGC-07 is loaded once, with an event for each agency, successors included', async () => {
    expect(await registry.loadCatalogue()).toBe(0);
    const events = await registry.test.published(AgencyChanged);
    expect(new Set(events.map(({ data }) => data.agencyId)).size).toBeGreaterThanOrEqual(348);
    expect(events.every(({ subject, data }) => subject === data.agencyId)).toBe(true);
  });

  it('AGC-10, AGC-11, AGC-12, AGC-14 finds all 348 by either form of their codes', async () => {
    const { rows } = await registry.test.admin.query<{ code: string; legacy_code: string }>(
      'SELECT code, legacy_code FROM agency_code',
    );
    const stored = new Map(rows.map((row) => [row.code, row.legacy_code]));
    for (const { code, legacyCode } of catalogue()) expect([code, stored.get(code)]).toEqual([code, legacyCode]);
    for (const { code, legacyCode } of catalogue().filter((_, index) => index % 29 === 0)) {
      const forms = [code, legacyCode ?? code, code.toLowerCase(), ` ${code} `];
      for (const form of forms) {
        expect((await find(`code=${encodeURIComponent(form)}`)).map((agency) => agency.agencyId)).toEqual([
          agencyIdOf(code),
        ]);
      }
    }
  });

  it('AGC-13 takes a listed pair of codes before the rule', async () => {
    const [renumbered, byRule] = [await add({ code: 'H46.11.93' }), await add({ code: 'H46.11.94' })];
    await registry.test.admin.query('UPDATE agency_code SET legacy_code = NULL WHERE agency_id = $1', [
      byRule.agencyId,
    ]);
    await registry.test.admin.query(`UPDATE agency_code SET legacy_code = '000.94.11.H46' WHERE agency_id = $1`, [
      renumbered.agencyId,
    ]);
    const found = async (code: string): Promise<string[]> =>
      (await find(`code=${code}`)).map(({ agencyId }) => agencyId);
    expect(await found('000.94.11.H46')).toEqual([renumbered.agencyId]);
    expect(await found('H46.11.94')).toEqual([byRule.agencyId]);
    expect(await found('000.93.11.H46')).toEqual([renumbered.agencyId]);
  });

  it('CHR-05 finds names with and without marks, and pages through all of them', async () => {
    const byName = async (query: string): Promise<string[]> =>
      (await find(`limit=100&query=${encodeURIComponent(query)}`)).map(({ code }) => code);
    expect(await byName('sở thông tin')).toEqual([HOME_CODE]);
    expect(await byName('SO THONG TIN')).toEqual([HOME_CODE]);
    expect(await byName('Lệ Thủy')).toEqual(await byName('Lệ Thuỷ'));
    expect(await byName('tin sở thông')).toEqual([HOME_CODE]);
    const codes: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: { items: Agency[]; nextCursor: string | null } = await registry.json(
        admin,
        `/agencies?limit=100${cursor ? `&cursor=${cursor}` : ''}`,
      );
      codes.push(...page.items.map(({ code }) => code));
      cursor = page.nextCursor;
    }
    expect(new Set(codes).size).toBe(codes.length);
    expect(codes.length).toBeGreaterThanOrEqual(348);
  });

  it('F-52 takes the signs of a search for themselves, here and among persons', async () => {
    for (const path of ['agencies', 'users']) {
      for (const sign of ['%', '_', '\\', '%%', 'a%b', '.*']) {
        const found = await registry.json<{ items: unknown[]; total: unknown }>(
          admin,
          `/${path}?query=${encodeURIComponent(sign)}`,
        );
        expect([sign, found.items, found.total]).toEqual([sign, [], { value: 0, more: false }]);
      }
      expect((await registry.ask(admin, `/${path}?query=%20`)).status).toBe(400);
    }
  });

  it('AGC-08, AGC-22, AGC-24 knows who was there on a day', async () => {
    const communes = async (on: string): Promise<number> => {
      const districts = (await find(`parentId=${PROVINCE}&limit=100`)).filter(({ code }) => /^H46\.6/.test(code));
      const counts = await Promise.all(
        districts.map(
          async ({ agencyId }) => (await find(`parentId=${agencyId}&on=${on}&limit=100`)).filter(isCommune).length,
        ),
      );
      return counts.reduce((sum, count) => sum + count, 0);
    };
    const communeIds = new Set(
      catalogue()
        .filter(({ level }) => level === 'commune')
        .map(({ code }) => agencyIdOf(code)),
    );
    const isCommune = ({ agencyId }: Agency): boolean => communeIds.has(agencyId);
    expect(await communes('2024-11-30')).toBe(151);
    expect(await communes('2024-12-01')).toBe(145);
    const merged = catalogue().find(({ mergedInto }) => mergedInto);
    const [closed] = await find(`code=${merged?.code ?? ''}`);
    expect(closed).toMatchObject({ endsOn: merged?.validTo, successorId: agencyIdOf(merged?.mergedInto ?? '') });
  });
});

describe('a new agency', () => {
  it('AGC-01, AGC-28 stands below the own one, with both forms of its code, and is announced', async () => {
    const made = await add({ code: `${HOME_CODE}.31` });
    expect(made).toMatchObject({ code: 'H46.11.31', legacyCode: '000.31.11.H46', parentId: HOME, version: 1 });
    const events = await registry.test.published(AgencyChanged);
    expect(events.at(-1)?.data).toMatchObject({ agencyId: made.agencyId, code: 'H46.11.31', validTo: null });
    expect((await registry.audit()).at(-1)).toMatchObject({ action: 'agency.added', resource: { id: made.agencyId } });
  });

  it('AGC-14 given by the former code is stored by the present one', async () => {
    expect(await add({ code: '000.32.11.H46' })).toMatchObject({ code: 'H46.11.32', legacyCode: '000.32.11.H46' });
    expect(await refused('/agencies', input({ code: 'H46.11.32' }))).toEqual([409, 'identity.agency-code-taken']);
  });

  it('AGC-12 whose code has no room in the former form has none', async () => {
    for (const code of ['H46.11.A1', 'H46.11.100', 'H46.11.33.001.01']) {
      expect(await add({ code })).toMatchObject({ code, legacyCode: null });
    }
  });

  it('AGC-05 may have a code that does not continue its parent’s', async () => {
    expect(await add({ code: 'H46.99.01' })).toMatchObject({ parentId: HOME });
  });

  it.each(['H46..01', 'H4.01', 'Z46.01', '46.01', 'H46.11.', 'H46.11.01 x', 'H46/11', '000.00.11.46', 'H46.Đ1'])(
    'AGC-01 may not have the code %s',
    async (code) => {
      expect(await refused('/agencies', input({ code }))).toEqual([422, 'identity.agency-code-malformed']);
    },
  );

  it('AGC-01 may not have a code of 36 characters', async () => {
    const code = `H46.11.${'1'.repeat(29)}`;
    expect(await refused('/agencies', input({ code }))).toEqual([400, 'http.input-invalid']);
  });

  it('AGC-06 never gets a code that was given out, also one closed long ago', async () => {
    const { agencyId, code } = await add();
    expect(await refused('/agencies', input({ code }))).toEqual([409, 'identity.agency-code-taken']);
    await registry.changeAgency(admin, { kind: 'closure', agencyId, endsOn: day(0) });
    expect(await refused('/agencies', input({ code }))).toEqual([409, 'identity.agency-code-taken']);
  });

  it('AGC-06 asked for ten times at once is made once', async () => {
    const body = input();
    const answers = await Promise.all(Array.from({ length: 10 }, () => refused('/agencies', body)));
    expect(answers.filter(([status]) => status === 201)).toHaveLength(1);
    expect(answers.filter(([, code]) => code === 'identity.agency-code-taken')).toHaveLength(9);
  });

  it('SEC-Z04, IDN-03 is made inside the own subtree only', async () => {
    for (const parentId of [OTHER, PROVINCE]) {
      expect(await refused('/agencies', input({ parentId }))).toEqual([403, 'identity.agency-outside-subtree']);
    }
    expect(await refused('/agencies', input({ parentId: newId() }))).toEqual([404, 'identity.agency-missing']);
  });

  it('DOM-01, DOM-02, DOM-27 right below the province gets a host by rule, and is served there', async () => {
    const made = await add(
      { code: 'H46.22', name: 'Sở Chuyển đổi số', shortName: 'SCĐS', level: 'department', parentId: PROVINCE },
      province,
    );
    expect(made.subdomain).toBe('qlvb-scds');
    const { items } = await registry.json<{ items: { label: string | null; agencyIds: string[] }[] }>(admin, '/hosts');
    expect(items.find(({ label }) => label === 'scds')?.agencyIds).toEqual([made.agencyId]);
  });

  it.each(['SNV', 'snv', 'SNN', 'Admin', 'Đ'])(
    'DOM-03 does not get a host by the abbreviation %s',
    async (shortName) => {
      const body = input({ shortName, level: 'department', parentId: PROVINCE, code: `H46.${last + 30}` });
      expect(await refused('/agencies', body, province)).toEqual([409, 'identity.host-refused']);
    },
  );
});

describe('hosts', () => {
  it('DOM-07, DOM-08 are known to everybody: 37 of the catalogue, each agency behind exactly one', async () => {
    const answer = await registry.test.ask('/hosts', { as: null });
    const { items } = (await answer.json()) as { items: { label: string | null; agencyIds: string[] }[] };
    const known = new Set(catalogue().map(({ code }) => agencyIdOf(code)));
    const ids = items.flatMap(({ agencyIds }) => agencyIds).filter((id) => known.has(id));
    expect([ids.length, new Set(ids).size]).toEqual([348, 348]);
    expect(items.filter(({ agencyIds }) => agencyIds.some((id) => known.has(id)))).toHaveLength(37);
    const behind = (label: string): string[] => items.find((item) => item.label === label)?.agencyIds ?? [];
    expect(behind('quangninh')).toEqual(expect.arrayContaining(['H46.67', 'H46.67.02', 'H46.67.31'].map(agencyIdOf)));
    expect(behind('syt')).toContain(agencyIdOf('H46.17.13'));
    expect(behind('lethuy')).not.toContain(agencyIdOf('H46.17.13'));
  });
});

interface UnitPage {
  readonly items: { readonly unitId: string; readonly name: string }[];
  readonly nextCursor: string | null;
  readonly total: unknown;
}

describe('units', () => {
  const unit = (name: string): Record<string, string> => ({ name, symbol: 'CNTT' });

  it('are added to the own agency, once by name', async () => {
    const path = `/agencies/${HOME}/units`;
    const made = await registry.json<{ unitId: string }>(admin, path, { body: unit('Phòng Bưu chính'), status: 201 });
    expect(await refused(path, unit('Phòng Bưu chính'))).toEqual([409, 'identity.unit-exists']);
    const { items } = await registry.json<UnitPage>(admin, `${path}?query=buu%20chinh`);
    expect(items).toEqual([expect.objectContaining({ unitId: made.unitId, name: 'Phòng Bưu chính' })]);
  });

  it('F-52 come page by page, by name, each once', async () => {
    const path = `/agencies/${HOME}/units`;
    const names = ['Phòng Đợi 3', 'Phòng Đợi 1', 'Phòng Đợi 2'];
    for (const name of names) await registry.json(admin, path, { body: unit(name), status: 201 });
    const seen: string[] = [];
    let cursor: string | null | undefined;
    do {
      const at = `${path}?query=phong%20doi&limit=1${cursor ? `&cursor=${cursor}` : ''}`;
      const page: UnitPage = await registry.json(admin, at);
      expect(page.total).toEqual({ value: 3, more: false });
      seen.push(...page.items.map(({ name }) => name));
      cursor = page.nextCursor;
    } while (cursor);
    expect(seen).toEqual(names.toSorted());
  });

  it('of another agency are not there', async () => {
    const path = `/agencies/${OTHER}/units`;
    expect(await refused(path, unit('Phòng Bưu chính'))).toEqual([404, 'identity.agency-missing']);
    expect(await refusal(registry.ask(admin, path))).toEqual([404, 'identity.agency-missing']);
  });
});
