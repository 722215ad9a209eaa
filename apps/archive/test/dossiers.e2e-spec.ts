import { DossierStateChanged } from '@qlvb/contracts';
import { newId } from '@qlvb/shared-domain';
import { archivist, colleagueOfMaker, leader, maker, ReadingRoom, stranger, unitHead } from './reading-room.ts';

let room: ReadingRoom;
beforeAll(async () => {
  room = await ReadingRoom.open();
});
afterAll(() => room.test.stop());

const LIST = {
  year: 2026,
  headings: [
    {
      abbreviation: 'CNTT',
      title: 'Công nghệ thông tin',
      entries: [
        { title: 'Hồ sơ vận hành', retention: { kind: 'years', years: 10 }, responsible: 'Trần Thị Bình' },
        { title: 'Hồ sơ chỉ đạo', retention: { kind: 'permanent' }, responsible: 'Trần Thị Bình' },
      ],
    },
    {
      abbreviation: 'VP',
      title: 'Văn phòng',
      entries: [{ title: 'Hồ sơ hành chính', retention: { kind: 'years', years: 5 }, responsible: 'Lê Văn Cường' }],
    },
  ],
};

describe('the list of dossiers', () => {
  it('NĐ30-A28-1 NĐ30-PL5-I.2 numbers begin anew in each heading; one list a year, approved by the leader', async () => {
    const attempts = await Promise.all(
      Array.from({ length: 4 }, () => room.test.ask('/dossier-lists', { as: archivist, body: LIST })),
    );
    expect(attempts.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
    const made = attempts.find(({ status }) => status === 201);
    const list = (await made?.json()) as { listId: string; state: string; entries: { notation: string }[] };
    expect([list.state, list.entries.map(({ notation }) => notation)]).toEqual([
      'draft',
      ['01.CNTT', '02.CNTT', '01.VP'],
    ]);
    expect((await room.refusal('/dossiers', maker, { ...input(), listId: list.listId }))[0]).toBe(404);
    expect((await room.refusal(`/dossier-lists/${list.listId}/approvals`, maker))[0]).toBe(403);
    const approved = await room.test.json<{ state: string }>(`/dossier-lists/${list.listId}/approvals`, {
      as: leader,
      body: {},
    });
    expect(approved.state).toBe('approved');
    const listed = (filter: string) => room.test.json(`/dossier-lists?${filter}`, { as: archivist });
    expect(await listed(`year=${LIST.year}&state=approved`)).toMatchObject({
      items: [{ listId: list.listId }],
      nextCursor: null,
      total: { value: 1, more: false },
    });
    expect(await listed(`year=${LIST.year}&state=draft`)).toMatchObject({ items: [] });
    expect((await room.openDossier({ notation: '77.CNTT', listId: list.listId })).state).toBe('open');
  });
});

describe('a dossier', () => {
  it('NĐ30-A29-1 EX-HS-1 is opened once under one Idempotency-Key, with a code of agency, year and notation', async () => {
    const key = `open-${newId()}`;
    const body = { notation: '50.CNTT' };
    const first = await room.openDossier(body, key);
    expect(await room.openDossier(body, key)).toEqual(first);
    expect(first.dossierCode).toMatch(/^H46\.05\.\d{4}\.50\.CNTT$/);
  });

  it('has its code alone, also when several are opened at once', async () => {
    const attempts = await Promise.all(
      Array.from({ length: 6 }, () =>
        room.test.ask('/dossiers', { as: maker, body: { ...input(), notation: '60.CNTT' } }),
      ),
    );
    expect(attempts.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409, 409]);
  });

  it('F-52 is filled from a list that is read page by page, each document once, those of one day too', async () => {
    const made = await Promise.all(Array.from({ length: 3 }, () => room.document()));
    const seen: string[] = [];
    const totals = new Set<number>();
    let cursor: string | null | undefined;
    do {
      const path = `/dossiers/filable-documents?direction=outgoing&limit=2${cursor ? `&cursor=${cursor}` : ''}`;
      const page = await room.test.json<{
        items: { documentId: string }[];
        nextCursor: string | null;
        total: { value: number };
      }>(path, { as: maker });
      seen.push(...page.items.map(({ documentId }) => documentId));
      totals.add(page.total.value);
      cursor = page.nextCursor;
    } while (cursor);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toEqual(expect.arrayContaining(made.map(({ documentId }) => documentId)));
    expect([...totals]).toEqual([seen.length]);
    const incoming = await room.test.json('/dossiers/filable-documents?direction=incoming', { as: maker });
    expect(incoming).toEqual({ items: [], nextCursor: null, total: { value: 0, more: false } });
  });

  it('F-53 says the kinds of its documents in the language asked for', async () => {
    const { dossierId } = await room.openDossier();
    const { documentId } = await room.document();
    const kinds: string[] = [];
    await room.act(dossierId, 'documents', maker, { documentId });
    for (const language of ['vi', 'en']) {
      const ask = { as: maker, headers: { 'accept-language': language } };
      const path = `/dossiers/filable-documents?documentId=${documentId}`;
      const { items } = await room.test.json<{ items: { kindName: string }[] }>(path, ask);
      const dossier = await room.test.json<{ documents: { kindName: string }[] }>(`/dossiers/${dossierId}`, ask);
      kinds.push(...[...items, ...dossier.documents].map(({ kindName }) => kindName));
    }
    expect(kinds).toEqual(['Quyết định', 'Quyết định', 'Decision', 'Decision']);
  });

  it('NĐ30-PL6-F4b takes registered documents, each once, in order, also when they come at once', async () => {
    const { dossierId } = await room.openDossier();
    const documents = await Promise.all(Array.from({ length: 5 }, () => room.document()));
    await Promise.all(documents.map(({ documentId }) => room.act(dossierId, 'documents', maker, { documentId })));
    const filed = await room.dossier(dossierId);
    expect(filed.documents.map(({ documentOrdinal }) => documentOrdinal)).toEqual([1, 2, 3, 4, 5]);
    expect(new Set(filed.documents.map(({ documentId }) => documentId)).size).toBe(5);
    const again = { documentId: documents[0]?.documentId };
    expect(await room.refusal(`/dossiers/${dossierId}/documents`, maker, again)).toEqual([
      409,
      'archive.document-already-in-dossier',
    ]);
    expect((await room.refusal(`/dossiers/${dossierId}/documents`, maker, { documentId: newId() }))[0]).toBe(404);
  });

  it('NĐ30-A29-5 NĐ30-A30-1 is closed with its documents, gets its due date, and then nothing changes any more', async () => {
    const { dossierId } = await room.openDossier();
    expect(await room.refusal(`/dossiers/${dossierId}/closures`, maker)).toEqual([
      422,
      'archive.dossier-not-ready-to-close',
    ]);
    const { documentId } = await room.document();
    await room.act(dossierId, 'documents', maker, { documentId });
    const closed = await room.act(dossierId, 'closures');
    expect([closed.state, closed.closedOn !== null, closed.submissionDueOn !== null]).toEqual(['closed', true, true]);
    const late = await room.document();
    expect((await room.refusal(`/dossiers/${dossierId}/documents`, maker, { documentId: late.documentId }))[1]).toBe(
      'archive.dossier-act-not-allowed',
    );
    expect((await room.refusal(`/dossiers/${dossierId}/closures`, maker))[1]).toBe('archive.dossier-act-not-allowed');
    expect((await room.dossier(dossierId)).documents.length).toBe(1);
  });

  it('EX-HS-2 is opened again only with a reason, and that is audited', async () => {
    const { dossierId } = await room.closed();
    expect((await room.refusal(`/dossiers/${dossierId}/reopenings`, unitHead, { reason: ' ' }))[0]).toBe(400);
    expect((await room.refusal(`/dossiers/${dossierId}/reopenings`, maker, { reason: 'x' }))[1]).toBe(
      'archive.act-not-yours',
    );
    const opened = await room.act(dossierId, 'reopenings', unitHead, { reason: 'Bổ sung văn bản' });
    expect([opened.state, opened.closedOn]).toEqual(['open', null]);
    const { rows } = await room.test.admin.query(
      `SELECT 1 FROM platform.audit WHERE entry LIKE '%dossier.reopened%' AND entry LIKE $1`,
      [`%${dossierId}%`],
    );
    expect(rows.length).toBe(1);
  });

  it('belongs to its maker: a colleague changes nothing in it', async () => {
    const { dossierId } = await room.openDossier();
    const { documentId } = await room.document();
    expect(await room.refusal(`/dossiers/${dossierId}/documents`, colleagueOfMaker, { documentId })).toEqual([
      404,
      'archive.dossier-missing',
    ]);
    expect(await room.refusal(`/dossiers/${dossierId}/documents`, unitHead, { documentId })).toEqual([
      403,
      'archive.act-not-yours',
    ]);
    expect((await room.dossier(dossierId)).documents).toEqual([]);
  });

  it('tells its states as events, once each', async () => {
    const { dossierId } = await room.closed();
    const states = (await room.test.published(DossierStateChanged)).filter(({ data }) => data.dossierId === dossierId);
    expect(states.map(({ data }) => data.state)).toEqual(['open', 'closed']);
  });

  it('API1 is not there for another agency, nor through row-level security alone', async () => {
    const { dossierId } = await room.closed();
    expect((await room.test.ask(`/dossiers/${dossierId}`, { as: stranger })).status).toBe(404);
    for (const act of ['documents', 'closures', 'reopenings', 'submissions']) {
      const body = act === 'documents' ? { documentId: newId() } : act === 'reopenings' ? { reason: 'x' } : {};
      expect([403, 404]).toContain((await room.refusal(`/dossiers/${dossierId}/${act}`, stranger, body))[0]);
    }
    expect(await room.test.json('/dossiers', { as: stranger })).toMatchObject({ items: [] });
    const { default: pg } = await import('pg');
    const client = new pg.Client({ connectionString: room.test.appUrl });
    await client.connect();
    await client.query('BEGIN');
    await client.query(`SELECT set_config('app.agency_id', $1, true)`, [stranger.agencyId]);
    expect((await client.query('SELECT 1 FROM dossier')).rowCount).toBe(0);
    expect((await client.query(`UPDATE dossier SET title = 'x'`)).rowCount).toBe(0);
    await client.query('ROLLBACK');
    await client.end();
  });

  it.each([
    [{ title: '' }, 400],
    [{ notation: '' }, 400],
    [{ notation: 'có dấu cách' }, 400],
    [{ retention: { kind: 'years', years: 0 } }, 400],
    [{ retention: { kind: 'sometimes' } }, 400],
    [{ startedOn: '2026-13-01' }, 400],
    [{ listId: newId() }, 404],
    [{ unknown: 1 }, 400],
  ])('refuses %j with %d and stores nothing', async (changes, status) => {
    const before = await room.count('dossier');
    expect((await room.refusal('/dossiers', maker, { ...input(), ...changes }))[0]).toBe(status);
    expect(await room.count('dossier')).toBe(before);
  });
});

const input = (): Record<string, unknown> => ({
  title: 'Hồ sơ thử',
  notation: `T${newId().slice(0, 5)}.CNTT`.toUpperCase(),
  retention: { kind: 'years', years: 10 },
  startedOn: '2026-01-05',
});
