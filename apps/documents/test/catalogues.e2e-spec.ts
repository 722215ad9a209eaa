import { Office, officer } from './office.ts';

let office: Office;
beforeAll(async () => (office = await Office.open()));
afterAll(() => office.test.stop());

interface Catalogue {
  readonly name: string;
  readonly version: number;
  readonly entries: readonly { readonly code: string; readonly label: { readonly vi: string; readonly en: string } }[];
}

describe('the catalogues', () => {
  it('F-53 are listed, and each tells the words of its codes in both languages', async () => {
    const list = await office.test.ask('/catalogues', { as: officer });
    expect(list.status).toBe(200);
    const { items } = (await list.json()) as { items: { name: string }[] };
    expect(items.length).toBeGreaterThan(40);
    for (const { name } of items) {
      const one = await office.test.ask(`/catalogues/${name}`, { as: officer });
      const catalogue = (await one.json()) as Catalogue;
      expect(catalogue.name).toBe(name);
      expect(catalogue.entries.length).toBeGreaterThan(1);
      for (const { label } of catalogue.entries) expect([label.vi, label.en]).not.toContain('');
    }
    const states = (await (await office.test.ask('/catalogues/outgoing-states', { as: officer })).json()) as Catalogue;
    expect(states.entries).toContainEqual({ code: 'issued', label: { vi: 'Đã phát hành', en: 'Issued' } });
  });

  it('are kept by the caller, who asks whether they still hold', async () => {
    const first = await office.test.ask('/catalogues/urgencies', { as: officer });
    const tag = first.headers.get('etag') ?? '';
    expect([first.headers.get('cache-control'), /^"\d+"$/.test(tag)]).toEqual(['private, no-cache', true]);
    const again = await office.test.ask('/catalogues/urgencies', { as: officer, headers: { 'if-none-match': tag } });
    expect([again.status, await again.text()]).toEqual([304, '']);
    const other = await office.test.ask('/catalogues/urgencies', { as: officer, headers: { 'if-none-match': '"1"' } });
    expect(other.status).toBe(200);
  });

  it('that nobody knows are not found', async () => {
    const unknown = await office.test.ask('/catalogues/hobbies', { as: officer });
    expect([unknown.status, await unknown.json()]).toMatchObject([404, { code: 'documents.catalogue-missing' }]);
  });
});
