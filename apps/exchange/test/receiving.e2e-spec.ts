import { createHash } from 'node:crypto';
import { chmodSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { AxisStatusPackage, ExchangeNotificationRequested, PackageReceived } from '@qlvb/contracts';
import { readPackage } from '@qlvb/edxml';
import { armFailPoints } from '@qlvb/platform-faults';
import { keyOf } from '@qlvb/platform-storage';
import { until } from '@qlvb/platform-service-testing';
import { idFrom, newId } from '@qlvb/shared-domain';
import {
  addressed,
  hostile,
  person,
  PostRoom,
  recipient,
  RECIPIENT,
  SENDER,
  sender,
  third,
  THIRD,
} from './post-room.ts';

const testing = join(import.meta.dirname, '..', '..', '..', 'libs', 'edxml', 'testing');
const input = (name: string): Buffer => readFileSync(join(import.meta.dirname, '..', 'testing', `${name}.edxml`));
const sample = (name: string): Buffer => readFileSync(join(testing, 'samples', name));
const good = addressed(sample('01-edoc-new-vxp-sdk.edxml'));

let room: PostRoom;
beforeAll(async () => {
  room = await PostRoom.open();
});
afterAll(() => room.test.stop());

const announced = async (packageId: string) =>
  (await room.test.published(PackageReceived)).filter(({ data }) => data.packageId === packageId);
const reports = async (packageId: string): Promise<string[]> => {
  const { rows } = await room.test.admin.query<{ code: string }>(
    `SELECT status_code || coalesce(' ' || (SELECT split_part(reason, ':', 1) FROM status_report r
       WHERE r.agency_id = p.agency_id AND r.package_id = p.in_reply_to AND r.code = p.status_code AND r.code = '02'), '') AS code
     FROM package p WHERE in_reply_to = $1 AND agency_id = $2 ORDER BY status_code`,
    [packageId, RECIPIENT],
  );
  return rows.map(({ code }) => code);
};
const outcome = async (packageId: string) => {
  const { state, ground } = await room.settled(packageId);
  return [state, ground, (await announced(packageId)).length, (await reports(packageId)).join(' ')];
};
const changed = (xml: Buffer, ...pairs: readonly (readonly [string | RegExp, string])[]): Buffer =>
  Buffer.from(pairs.reduce((text, [from, to]) => text.replace(from, to), xml.toString('utf8')));

describe('packages of the real exchange', () => {
  it.each(
    readdirSync(join(testing, 'samples')).filter(
      (name) => /edoc/.test(name) && !/-(update|replacement|revocation)-/.test(name),
    ),
  )(
    // prettier-ignore
    'EX-ST-1 %s arrives, is announced once and answered with 01',
    async (name) => {
      const packageId = await room.onAxis(addressed(sample(name)));
      expect(await outcome(packageId)).toEqual(['registered', null, 1, '01']);
    },
  );
});

describe('F-07 every package that came is kept and answered', () => {
  it.each([
    ['L-subject501', 'subject', 501],
    ['L-subject600vn', 'subject', 600],
    ['L-number51', 'codeNumber', 51],
    ['L-notation101', 'codeNotation', 101],
    ['L-place101', 'placeOfIssue', 101],
    ['L-signer201', 'signerPosition', 201],
    ['L-docid201', 'senderDocumentId', 201],
    ['L-organname501', 'senderName', 501],
    ['L-typename101', 'documentType', 101],
    ['L-attname600', 'files/0/name', 600],
  ] as const)('F-07 %s: %s of %d characters', async (name, field, length) => {
    const packageId = await room.onAxis(input(name));
    expect(await outcome(packageId)).toEqual(['registered', null, 1, '01']);
    const [event] = await announced(packageId);
    const whole = event?.data.longValues?.[field] ?? '';
    expect(whole.length).toBeGreaterThanOrEqual(length);
    if (field === 'subject') expect((await room.settled(packageId)).subject).toBe(whole);
    if (field === 'files/0/name') expect((await room.settled(packageId)).attachments[0]?.name).toBe(whole);
  });

  it('F-07 a sender’s code that nobody has waits for the clerk, kept and answered', async () => {
    expect(await outcome(await room.onAxis(input('L-organid36')))).toEqual(['waiting', 'sender-not-on-axis', 0, '01']);
  });

  it.each([
    ['a size of nothing', { sizeBytes: 0 }, 'size-differs', '01'],
    ['a size below nothing', { sizeBytes: -1 }, 'size-differs', '01'],
    ['a digest that is none', { sha256: 'không có' }, 'digest-differs', '01'],
    ['a time that is none, and a size of nothing', { sentAt: 'hôm qua', sizeBytes: 0 }, 'size-differs', '01'],
    [
      'nothing but an id and a receiver',
      { from: 5, sha256: null, sizeBytes: 'nhiều', urgent: 'có', sentAt: {} } as never,
      'credentials-differ',
      '',
    ],
    ['a size that is no number', { sizeBytes: 'nhiều' as never }, 'size-differs', '01'],
    ['a digest without end', { sha256: 'a'.repeat(100_000) }, 'digest-differs', '01'],
    ['a time before all', { sentAt: '-000100-01-01T00:00:00Z', sizeBytes: 0 }, 'size-differs', '01'],
    ['a time after all', { sentAt: '+275760-01-01T00:00:00Z', sizeBytes: 0 }, 'size-differs', '01'],
    ['a sender to whom nobody can write', { from: `Sở\0 ${'x'.repeat(100)}` }, 'credentials-differ', ''],
  ])('F-07 a claim check with %s is a row, on the desk, and answered', async (_, changes, ground, answers) => {
    expect(await outcome(await room.onAxis(good, changes))).toEqual(['waiting', ground, 0, answers]);
  });

  it('QĐ28-A5-4 what comes from a sender to whom nobody can write can be left, not refused to nobody', async () => {
    const packageId = await room.onAxis(good, { from: 'không có' });
    expect((await room.settled(packageId)).decisions).toEqual(['discard']);
    const decide = (body: object) =>
      room.test.ask(`/received-packages/${packageId}/decisions`, { as: recipient, body });
    expect((await decide({ decision: 'refuse', reason: 'Không rõ nơi gửi' })).status).toBe(409);
    expect((await decide({ decision: 'discard' })).status).toBe(201);
  });

  it('F-07 values that fit no event wait for the clerk, kept and answered', async () => {
    const long = changed(good, [/(<(?:\w+:)?Subject>)[^<]*/, `$1${'ữ '.repeat(120_000)}`], [/(<(?:\w+:)?Place>)[^<]*/, `$1${'ữ '.repeat(120_000)}`]); // prettier-ignore
    const packageId = await room.onAxis(long);
    const [state, ground, announcements, answers] = await outcome(packageId);
    expect([state, announcements, answers]).toEqual(['waiting', 0, '01']);
    expect(['too-long', 'package-unreadable']).toContain(ground);
  });
});

describe('F-06 what changes a document is never registered as new by itself', () => {
  it.each([
    ['recall', 'recall-asked', 'recall'],
    ['update', 'update-sent', 'update'],
    ['replace', 'replacement-sent', 'replace'],
  ])('F-06 %s waits for the clerk, is told to him and answered with 01 only', async (name, ground, type) => {
    const packageId = await room.onAxis(input(name));
    expect(await outcome(packageId)).toEqual(['waiting', ground, 0, '01']);
    expect((await room.settled(packageId)).businessType).toBe(type);
    const [told] = await room.told('package-waiting', packageId);
    expect(told).toMatchObject({ permission: 'received-packages.decide', userId: null });
  });

  it('F-06 a type that nobody knows waits too', async () => {
    const packageId = await room.onAxis(changed(input('recall'), ['DocType>1<', 'DocType>7<']));
    expect(await outcome(packageId)).toEqual(['waiting', 'business-unknown', 0, '01']);
  });
});

describe('F-36 a package that can be read in two ways is never registered by the first reading', () => {
  const received = (name: string): Buffer => addressed(readFileSync(join(testing, 'received', `${name}.edxml`)));
  const text = sample('01-edoc-new-vxp-sdk.edxml').toString('utf8');
  /** Elements of header and trace with a text, save the two that the standard lets repeat. */
  const leaves = [
    ...text
      .slice(0, text.indexOf('<Signature>'))
      .matchAll(/<(edXML:\w+)>[^<>]*\S[^<>]*<\/\1>(?!\s*<\/?edXML:(Place|ToPlaces|Appendixes)>)/g),
  ];

  it.each([
    ['two-messageheaders', 'MessageHeader'],
    ['two-documentid', 'MessageHeader.DocumentId'],
    ['two-organid-in-to', 'MessageHeader.To.OrganId'],
    ['two-business', 'TraceHeaderList.Bussiness'],
    ['dup-listed-one-came', 'edXMLManifest.Reference'],
  ])('F-36 %s waits for the clerk, who is told and sees what is said twice', async (name, path) => {
    const packageId = await room.onAxis(received(name));
    expect(await outcome(packageId)).toEqual(['waiting', 'ambiguous', 0, '01']);
    const row = await room.settled(packageId);
    expect(row.decisions).toEqual(['take-as-new', 'interpret-again', 'refuse', 'discard']);
    expect(row).toMatchObject({
      groundLabel: { vi: 'Gói tin có thể hiểu theo nhiều cách', en: 'The package can be read in more than one way' },
    });
    const twice = row.findings.find(({ code }) => code === 'element-ambiguous');
    expect(twice).toMatchObject({ severity: 'warning', path, value: expect.stringContaining(' ≠ ') as string });
    const [told] = await room.told('package-waiting', packageId);
    expect(told?.parameters).toMatchObject({ reason: { vi: 'Gói tin có thể hiểu theo nhiều cách' } });
    expect((await room.content(packageId, recipient, 'received-packages')).equals(received(name))).toBe(true);
  });

  it('F-36 of the real exchange, with any one of its values once more and otherwise', async () => {
    expect(leaves.length).toBeGreaterThan(40);
    const ids = await Promise.all(
      leaves.map(({ 0: markup, index }) => {
        const twin = markup.replace('</', ' 9</');
        return room.announce(
          addressed(Buffer.from(text.slice(0, index) + markup + twin + text.slice(index + markup.length))),
        );
      }),
    );
    for (const [index, packageId] of ids.entries()) {
      const { state, ground } = await room.settled(packageId);
      expect([leaves[index]?.[0], state, ground]).toEqual([leaves[index]?.[0], 'waiting', 'ambiguous']);
    }
    expect((await Promise.all(ids.map(announced))).flat()).toEqual([]);
  });

  it('F-36 is taken by the first reading when the clerk says so, once, with the finding on the document', async () => {
    const packageId = await room.onAxis(received('two-documentid'));
    const body = { decision: 'take-as-new' };
    const answers = await Promise.all([1, 2].map(() => room.test.ask(`/received-packages/${packageId}/decisions`, { as: recipient, body }))); // prettier-ignore
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect(await outcome(packageId)).toEqual(['registered', null, 1, '01']);
    const [event] = await announced(packageId);
    expect(event?.data).toMatchObject({ senderDocumentId: 'H46.11,2026/11/20,15/QĐ-STTTT', faults: [] });
    expect(event?.data.findings).toContain('element-ambiguous');
  });

  it('F-36 is refused in words that reach the sender, or left', async () => {
    const decide = (packageId: string, body: object) => room.test.json(`/received-packages/${packageId}/decisions`, { as: recipient, body }); // prettier-ignore
    const refused = await room.onAxis(received('two-documentid'));
    await decide(refused, { decision: 'refuse', reason: 'Gói tin có hai mã định danh văn bản' });
    expect(await outcome(refused)).toEqual(['refused', 'ambiguous', 0, '01 02 BAD_FORMAT']);
    const { rows } = await room.test.admin.query<{ id: string }>(
      `SELECT id FROM package WHERE in_reply_to = $1 AND status_code = '02'`,
      [refused],
    );
    const answer = await room.settled(rows[0]?.id ?? '', sender);
    expect(answer.businessReason).toBe('Sai định dạng hoặc thể thức: Gói tin có hai mã định danh văn bản');
    const english = await room.test.ask(`/received-packages/${rows[0]?.id}`, { as: sender, headers: { 'accept-language': 'en' } }); // prettier-ignore
    expect(await english.json()).toMatchObject({ businessReason: 'Wrong format or layout: Gói tin có hai mã định danh văn bản' }); // prettier-ignore
    const left = await room.onAxis(received('two-business'));
    await decide(left, { decision: 'discard' });
    expect(await outcome(left)).toEqual(['discarded', 'ambiguous', 0, '01']);
  });

  it('F-36 F-06 does not become new by way of the desk where it recalls a document as well', async () => {
    const recall = changed(input('recall'), [/<edXML:Subject>/, '<edXML:Subject>Thu hồi văn bản</edXML:Subject>$&']);
    const packageId = await room.onAxis(recall);
    expect(await outcome(packageId)).toEqual(['waiting', 'ambiguous', 0, '01']);
    const body = { decision: 'take-as-new' };
    await room.test.json(`/received-packages/${packageId}/decisions`, { as: recipient, body });
    expect(await outcome(packageId)).toEqual(['waiting', 'recall-asked', 0, '01']);
  });
});

describe('F-08 what a package costs is limited, and remembered', () => {
  it('F-08 a blow-up of prefixes ends on the desk, and the service goes on', async () => {
    const packageId = await room.onAxis(input('B4-prefix-scope-blowup'));
    const [state, ground, announcements, answers] = await outcome(packageId);
    expect([state, announcements, answers]).toEqual(['waiting', 0, '01']);
    expect(['package-unreadable', 'package-too-costly']).toContain(ground);
    expect(await outcome(await room.onAxis(good))).toEqual(['registered', null, 1, '01']);
  });
});

describe('F-08 a package during which the process died', () => {
  /** As a kill leaves it: the attempt was written down, its end was not, and its lease runs out. */
  const died = async (packageId: string, deaths: number): Promise<void> => {
    await until('the last run has ended', async () => {
      const { rowCount } = await room.test.admin.query(
        `SELECT 1 FROM platform.job WHERE key = $1 AND state IN ('waiting', 'running')`,
        [packageId],
      );
      return rowCount === 0 ? true : undefined;
    });
    await room.test.admin.query(`UPDATE received_package SET state = 'interpreting', ground = NULL WHERE id = $1`, [
      packageId,
    ]);
    await room.test.admin.query(
      `INSERT INTO platform.job (id, kind, agency_id, key, data, urgent, state, due_at, attempts, deaths, lease, lease_until, created_at, started_at)
       SELECT gen_random_uuid(), 'exchange.interpret-package', agency_id, id::text, jsonb_build_object('packageId', id), false, 'running',
         now(), $2 + 1, $2, gen_random_uuid(), now(), now(), now() FROM received_package WHERE id = $1`,
      [packageId, deaths],
    );
  };

  it('F-08 is read again once, is set aside the second time, and a clerk may have it read once more', async () => {
    const packageId = await room.onAxis(input('update'));
    await died(packageId, 0);
    expect(await room.settled(packageId)).toMatchObject({ state: 'waiting', ground: 'update-sent', deaths: 1 });
    await died(packageId, 1);
    const row = await room.settled(packageId);
    expect(row).toMatchObject({ state: 'waiting', ground: 'process-died', deaths: 2 });
    expect(row.decisions).toEqual(['interpret-again', 'refuse', 'discard']);
    const body = { decision: 'interpret-again' };
    await room.test.json(`/received-packages/${packageId}/decisions`, { as: recipient, body });
    expect(await room.settled(packageId)).toMatchObject({ state: 'waiting', ground: 'update-sent', deaths: 0 });
  });

  it('F-08 an attempt that fails is tried again, and no death', async () => {
    armFailPoints('exchange:while-reading=throw@1');
    const packageId = await room.onAxis(good);
    armFailPoints(undefined);
    expect(await outcome(packageId)).toEqual(['registered', null, 1, '01']);
    expect((await room.settled(packageId)).deaths).toBe(0);
  });
});

describe('F-23 nothing that the axis says is believed where it can be looked up', () => {
  it('F-23 digest and size are our own', async () => {
    const { sha256, sizeBytes } = await room.settled(await room.onAxis(good));
    const { sha256: digest } = await room.put(good);
    expect([sha256, sizeBytes]).toEqual([digest, good.length]);
    expect(await outcome(await room.onAxis(good, { sha256: '0'.repeat(64) }))).toEqual(['waiting', 'digest-differs', 0, '01']); // prettier-ignore
    expect(await outcome(await room.onAxis(good, { sizeBytes: 1 }))).toEqual(['waiting', 'size-differs', 0, '01']);
  });

  it('F-23 a claim check re-addressed to a third agency delivers nothing to it', async () => {
    const packageId = await room.announce(good, { to: 'H46.07' });
    expect(await room.settled(packageId, third)).toMatchObject({
      state: 'waiting',
      ground: 'not-addressed-to-recipient',
      decisions: ['refuse', 'discard'],
    });
    expect(await announced(packageId)).toEqual([]);
    const answer = await room.test.ask(`/received-packages/${packageId}/content`, { as: third });
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([
      409,
      'exchange.package-content-withheld',
    ]);
    // The same id, rightly addressed, is another row: nobody takes another's place.
    await room.onAxis(good, { packageId });
    expect(await outcome(packageId)).toEqual(['registered', null, 1, '01']);
  });

  it.each([
    ['another agency', (xml: Buffer) => xml, { to: 'H46.07' }, SENDER, third, 'not-addressed-to-recipient'],
    ['another digest', (xml: Buffer) => xml, { sha256: '0'.repeat(64) }, SENDER, recipient, 'digest-differs'],
    ['credentials of another', (xml: Buffer) => xml, {}, THIRD, recipient, 'credentials-differ'],
    [
      'a sender that is not on the axis',
      (xml: Buffer) => changed(xml, [/(<(?:\w+:)?From>.*?<(?:\w+:)?OrganId>)[^<]*/s, '$1H46.07']),
      {},
      SENDER,
      recipient,
      'sender-not-on-axis',
    ],
  ])('F-23 a package for %s tells the clerk nothing of its contents', async (_, write, changes, by, as, ground) => {
    const content = write(good);
    const packageId = await room.announce(content, changes, by);
    expect(await room.settled(packageId, as)).toMatchObject({ ground, subject: null, sha256: null, announcedSha256: null }); // prettier-ignore
    const detail = await (await room.test.ask(`/received-packages/${packageId}`, { as })).text();
    const list = await (await room.test.ask(`/received-packages?ground=${ground}&limit=100`, { as })).text();
    expect(list).toContain(packageId);
    const ours = await room.settled(await room.onAxis(good));
    const told = [ours.subject, ...ours.attachments.flatMap(({ name, sha256 }) => [name, sha256]), ours.sha256];
    expect(told.length).toBeGreaterThan(3);
    for (const word of [...told, digestOf(content).sha256]) {
      expect(word).toMatch(/./);
      expect([detail.includes(word ?? ''), list.includes(word ?? '')]).toEqual([false, false]);
    }
    expect((await room.test.ask(`/received-packages/${packageId}/content`, { as })).status).toBe(409);
  });

  it('F-23 the sender is who handed it over, and whom the package names', async () => {
    const borrowed = await room.onAxis(good, {}, THIRD);
    expect(await outcome(borrowed)).toEqual(['waiting', 'credentials-differ', 0, '01']);
    const other = changed(good, [/(<(?:\w+:)?From>.*?<(?:\w+:)?OrganId>)[^<]*/s, '$1H46.07']);
    expect(await outcome(await room.onAxis(other))).toEqual(['waiting', 'sender-not-on-axis', 0, '01']);
  });
});

describe('F-60 a mark of state secret, wherever it stands', () => {
  it.each([
    ['the subject', [/(<(?:\w+:)?Subject>)[^<]*/, '$1(TUYỆT MẬT) Kế hoạch']],
    [
      'the reason of the business',
      [/<edXML:BussinessDocType>0<.*?>/, '$&<edXML:BussinessDocReason>Độ mật: Tối mật</edXML:BussinessDocReason>'],
    ],
    ['a field of its own', [/<\/(\w+:)?MessageHeader>/, '<Secret>Mật</Secret>$&']],
    ['an appendix', [/<\/(\w+:)?MessageHeader>/, '<OtherInfo><Appendixes><Appendix>Phụ lục (MẬT)</Appendix></Appendixes></OtherInfo>$&']], // prettier-ignore
  ] as const)(
    'F-60 in %s erases package and values, leaves digest, ids, sender, time and ground',
    async (_where, change) => {
      const secret = changed(input('update'), ['DocType>2<', 'DocType>0<'], change);
      const packageId = await room.announce(secret);
      const row = await room.settled(packageId);
      const { sha256, key } = digestOf(secret);
      expect(row).toMatchObject({ state: 'erased', ground: 'secrecy-mark', sha256, subject: null, documentCode: '' });
      expect([row.findings, row.attachments, row.decisions]).toEqual([[], [], []]);
      await expect(room.store.size({ key })).rejects.toMatchObject({ code: 'storage.object-missing' });
      expect(await announced(packageId)).toEqual([]);
      expect(await reports(packageId)).toEqual(['01', '02 STATE_SECRET']);
      expect((await room.test.ask(`/received-packages/${packageId}/content`, { as: recipient })).status).toBe(409);
      expect(await room.told('package-waiting', packageId)).toHaveLength(1);
      const { rows } = await room.test.admin.query<{ text: string }>(
        `SELECT (SELECT string_agg(p::text, '') FROM received_package p WHERE id = $1)
        || coalesce((SELECT string_agg(entry, '') FROM platform.audit WHERE entry LIKE '%' || $1 || '%'), '') AS text`,
        [packageId],
      );
      expect(rows[0]?.text).not.toMatch(/Kế hoạch|Tối mật|Phụ lục|15_QD|STTTT,/);
    },
  );
});

describe('hostile packages', () => {
  it.each(readdirSync(join(testing, 'hostile')))('EX-ST-1 %s: kept, answered, nothing half-done', async (name) => {
    const content = hostile(name);
    const packageId = await room.onAxis(content);
    // What the reader makes of each of them, its own tests say; here only what the service makes of that.
    const { kind, findings } = await readPackage(Readable.from([content]));
    const row = await room.settled(packageId);
    if (findings.some(({ code }) => code === 'secrecy-mark')) expect(row.state).toBe('erased');
    else if (kind === 'unreadable') expect([row.state, row.ground]).toEqual(['waiting', 'package-unreadable']);
    else expect(['registered', 'waiting']).toContain(row.state);
    expect((await announced(packageId)).length).toBe(row.state === 'registered' ? 1 : 0);
    expect(await reports(packageId)).toEqual(row.state === 'erased' ? ['01', '02 STATE_SECRET'] : ['01']);
    if (row.ground === 'package-unreadable') {
      expect(await room.content(packageId, recipient, 'received-packages')).toHaveLength(content.length);
    }
  });

  it('leaves the service able to take the next package, and nothing in the dead letters', async () => {
    expect(await outcome(await room.onAxis(good))).toEqual(['registered', null, 1, '01']);
    expect((await fetch(`${room.test.service.url}/-/live`)).status).toBe(200);
  });
});

describe('the clerk’s desk', () => {
  const decide = (packageId: string, body: object, as = recipient) =>
    room.test.ask(`/received-packages/${packageId}/decisions`, { as, body });

  it('F-06 takes a replacement as new, once', async () => {
    const packageId = await room.onAxis(input('replace'));
    const answers = await Promise.all([1, 2, 3].map(() => decide(packageId, { decision: 'take-as-new' })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    expect(await outcome(packageId)).toEqual(['registered', null, 1, '01']);
  });

  it('F-06 refuses with a reason, which the sender hears; a change is answered as a change', async () => {
    const recall = await room.onAxis(input('recall'));
    expect((await decide(recall, { decision: 'refuse', reason: 'ngắn' })).status).toBe(400);
    expect((await decide(recall, { decision: 'take-as-new' })).status).toBe(409);
    expect((await decide(recall, { decision: 'refuse', reason: 'Văn bản đã giải quyết xong (MẬT)\u0000' })).status).toBe(400); // prettier-ignore
    expect((await decide(recall, { decision: 'refuse', reason: 'Văn bản đã giải quyết xong' })).status).toBe(201);
    expect(await outcome(recall)).toEqual(['refused', 'recall-asked', 0, '01 16']);
    const broken = await room.onAxis(hostile('truncated.edxml'));
    expect((await decide(broken, { decision: 'refuse', reason: 'Gói tin không đọc được' })).status).toBe(201);
    expect(await reports(broken)).toEqual(['01', '02 BAD_FORMAT']);
  });

  it('F-06 discards, and lets what failed be read again after a mend', async () => {
    const packageId = await room.onAxis(hostile('truncated.edxml'));
    expect((await decide(packageId, { decision: 'interpret-again' })).status).toBe(201);
    expect(await outcome(packageId)).toEqual(['waiting', 'package-unreadable', 0, '01']);
    expect((await decide(packageId, { decision: 'discard' })).status).toBe(201);
    expect(await outcome(packageId)).toEqual(['discarded', 'package-unreadable', 0, '01']);
    expect((await decide(packageId, { decision: 'discard' })).status).toBe(409);
  });

  it('EX-REC-7 shows the clerk what was answered for its packages, as long as they are no documents', async () => {
    const sent = async (inReplyTo: string, as: typeof recipient = clerk): Promise<string[]> => {
      const { items } = await room.test.json<{ items: { packageId: string; inReplyTo: string; statusCode: string }[] }>(
        '/packages?limit=100',
        { as },
      );
      const answers = items.filter((item) => item.inReplyTo === inReplyTo);
      for (const { packageId } of answers) {
        expect((await room.content(packageId, as)).toString()).toContain('StatusCode');
        expect((await room.test.ask(`/packages/${packageId}`, { as: third })).status).toBe(404);
      }
      return answers.map(({ statusCode }) => statusCode).sort();
    };
    const clerk = { ...recipient, permissions: ['packages.read', 'received-packages.decide'] };
    const recall = await room.onAxis(input('recall'));
    const secret = await room.onAxis(changed(good, [/(<(?:\w+:)?Subject>)[^<]*/, '$1(TUYỆT MẬT) Kế hoạch']));
    expect(await sent(await room.onAxis(hostile('truncated.edxml')))).toEqual(['01']);
    expect(await sent(await room.onAxis(good, { sha256: '0'.repeat(64) }))).toEqual(['01']);
    expect(await sent(secret)).toEqual(['01', '02']);
    expect(await sent(recall)).toEqual(['01']);
    expect((await decide(recall, { decision: 'refuse', reason: 'Văn bản đã giải quyết xong' })).status).toBe(201);
    expect(await sent(recall)).toEqual(['01', '16']);
    // What became a document is a matter of that document's readers.
    const document = await room.onAxis(good);
    expect((await room.settled(document)).state).toBe('registered');
    expect(await sent(document)).toEqual([]);
    expect((await room.test.ask('/packages', { as: { ...recipient, permissions: ['deliveries.read'] } })).status).toBe(403); // prettier-ignore
  });

  it('API1 is the agency’s own, and the clerks’ among its people', async () => {
    const packageId = await room.onAxis(input('update'));
    for (const as of [sender, third]) {
      expect((await decide(packageId, { decision: 'discard' }, as)).status).toBe(404);
      expect((await room.test.ask(`/received-packages/${packageId}`, { as })).status).toBe(404);
    }
    const colleague = { ...recipient, permissions: ['deliveries.read'] };
    for (const path of ['', `/${packageId}`, `/${packageId}/content`]) {
      expect((await room.test.ask(`/received-packages${path}`, { as: colleague })).status).toBe(403);
    }
    const reader = { ...recipient, permissions: ['packages.read'] };
    expect((await decide(packageId, { decision: 'discard' }, reader)).status).toBe(403);
  });
});

describe('F-53 the desk speaks to the clerk in his language', () => {
  const detail = async (packageId: string, language: string) =>
    (await (
      await room.test.ask(`/received-packages/${packageId}`, {
        as: recipient,
        headers: { 'accept-language': language },
      })
    ).json()) as { problem: string | null; handedOverBy: string };

  it('F-53 a package that is not in the store: words, no code, no id', async () => {
    const packageId = await room.announce(good, { objectKey: keyOf('0'.repeat(64)) });
    const { ground } = await room.settled(packageId);
    expect(ground).toBe('interpretation-failed');
    const [vi, en] = [await detail(packageId, 'vi'), await detail(packageId, 'en')];
    expect([vi.problem, en.problem]).toEqual([
      'Gói tin không còn trong kho tệp',
      'The package is no longer in the store',
    ]);
    expect(vi.handedOverBy).toBe('Sở Thông tin và Truyền thông');
  });

  it('F-53 a package that cannot be read, from somebody unknown', async () => {
    const packageId = await room.onAxis(hostile('truncated.edxml'));
    expect((await detail(packageId, 'vi')).problem).toBe('Gói tin kết thúc giữa chừng');
    expect((await detail(packageId, 'en')).problem).toBe('The package is cut off');
    const stray = await detail(await room.onAxis(good, {}, newId()), 'vi');
    expect([stray.problem, stray.handedOverBy]).toEqual([null, 'Bên không có trong danh mục cơ quan']);
  });
});

describe('one package', () => {
  it('comes in once, however often and however many at a time the axis delivers it', async () => {
    const packageId = newId();
    await Promise.all(Array.from({ length: 6 }, () => room.onAxis(good, { packageId })));
    expect(await outcome(packageId)).toEqual(['registered', null, 1, '01']);
    expect(await room.count(`received_package WHERE id = '${packageId}'`)).toBe(1);
  });

  it('F-23 AGC-14 for a code that no agency has waits for a late directory, and arrives', async () => {
    const late = idFrom('agency:H46.99');
    const packageId = await room.announce(addressed(sample('01-edoc-new-vxp-sdk.edxml'), 'H46.99'), { to: 'H46.99' });
    expect(await room.count(`received_package WHERE id = '${packageId}'`)).toBe(0);
    await room.tellAgency(late, 'H46.99', 'Sở Xây dựng');
    await room.employ(person(late));
    expect(await room.settled(packageId, person(late))).toMatchObject({ state: 'registered', ground: null });
    expect(await room.told('package-undeliverable', packageId)).toEqual([]);
  });

  it.each([
    ['document', (packageId: string) => room.announce(good, { packageId, to: 'H46.98' })],
    [
      'status',
      (packageId: string) =>
        room.test.deliver(AxisStatusPackage, SENDER, { ...AxisStatusPackage.example, packageId, to: 'H46.98' }),
    ],
  ])('F-23 a %s for a code that stays nobody’s reaches nobody, and who handed it over is told', async (_, send) => {
    const packageId = newId();
    await send(packageId);
    await room.givenUp(packageId);
    expect(await room.count(`received_package WHERE id = '${packageId}'`)).toBe(0);
    const told = await room.told('package-undeliverable', packageId);
    expect(told).toMatchObject([{ permission: 'deliveries.manage', parameters: { recipient: 'H46.98' } }]);
    const events = await room.test.published(ExchangeNotificationRequested);
    expect(events.filter(({ data }) => data.aboutId === packageId).map(({ agencyid }) => agencyid)).toEqual([SENDER]);
  });

  it('F-07 a claim check for a code that no text is, at a time that no calendar has, reaches nobody and is told', async () => {
    const packageId = await room.announce(good, { to: 'H46.\ud800', sentAt: '+012345-01-01T00:00:00Z' });
    await room.givenUp(packageId);
    const told = await room.told('package-undeliverable', packageId);
    expect(told).toMatchObject([{ permission: 'deliveries.manage', parameters: { recipient: 'H46.\ufffd' } }]);
  });

  it('is fetched whole, in parts, and only by who received it', async () => {
    const packageId = await room.onAxis(good);
    const path = `/received-packages/${packageId}/content`;
    const part = await room.test.ask(path, { as: recipient, headers: { range: 'bytes=0-9' } });
    expect([part.status, await part.text()]).toEqual([206, good.subarray(0, 10).toString('utf8')]);
    expect((await room.test.ask(path, { as: sender })).status).toBe(404);
  });

  it.each(['altered', 'gone'])(
    'SEC-C03 F-41 is not given out when its bytes are %s: a clear word, no failure of ours',
    async (how) => {
      const packageId = await room.onAxis(good);
      const { rows } = await room.test.admin.query<{ key: string }>(
        'SELECT object_key AS key FROM received_package WHERE id = $1',
        [packageId],
      );
      const object = join(room.objects, rows[0]?.key ?? '');
      const bytes = readFileSync(object);
      chmodSync(object, 0o600);
      if (how === 'gone') rmSync(object);
      else writeFileSync(object, Buffer.concat([Buffer.from('X'), bytes.subarray(1)]));
      for (const headers of [{}, { range: 'bytes=9-20' }] as Record<string, string>[]) {
        const answer = await room.test.ask(`/received-packages/${packageId}/content`, { as: recipient, headers });
        expect([answer.status, await answer.json()]).toMatchObject([409, { code: 'storage.file-bytes-lost' }]);
      }
      writeFileSync(object, bytes);
    },
  );

  it('row-level security alone shows nothing of it to another agency', async () => {
    const packageId = await room.onAxis(good);
    const { default: pg } = await import('pg');
    const client = new pg.Client({ connectionString: room.test.appUrl });
    await client.connect();
    const see = async (agencyId: string): Promise<number | null> => {
      await client.query('BEGIN');
      await client.query(`SELECT set_config('app.agency_id', $1, true)`, [agencyId]);
      const { rowCount } = await client.query('SELECT 1 FROM received_package WHERE id = $1', [packageId]);
      await client.query('ROLLBACK');
      return rowCount;
    };
    expect([await see(RECIPIENT), await see(SENDER)]).toEqual([1, 0]);
    await client.end();
  });
});

describe('reading', () => {
  it.each([
    ['/received-packages?state=up', 400],
    ['/received-packages?limit=0', 400],
    ['/received-packages?cursor=abc', 400],
    ['/received-packages/x', 400],
    ['/packages?limit=0', 400],
    [`/packages/${newId()}`, 404],
    [`/received-packages/${newId()}`, 404],
    [`/deliveries/${newId()}`, 404],
  ])('%s: %d', async (path, status) => {
    expect((await room.test.ask(path, { as: recipient })).status).toBe(status);
  });

  it.each(['newest', 'oldest'])(
    'pages through what waits, %s first, without losing or repeating one',
    async (order) => {
      const seen: { packageId: string; createdAt: string }[] = [];
      for (let cursor: string | null = ''; cursor !== null;) {
        const page: { items: { packageId: string; createdAt: string }[]; nextCursor: string | null } =
          await room.test.json(
            `/received-packages?limit=7&state=waiting&order=${order}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`,
            { as: recipient },
          );
        seen.push(...page.items);
        cursor = page.nextCursor;
      }
      expect(new Set(seen.map(({ packageId }) => packageId)).size).toBe(seen.length);
      expect(seen.length).toBe(
        await room.count(`received_package WHERE state = 'waiting' AND agency_id = '${RECIPIENT}'`),
      );
      const times = seen.map(({ createdAt }) => createdAt);
      expect(times).toEqual(order === 'newest' ? times.toSorted().reverse() : times.toSorted());
    },
  );
});

function digestOf(content: Buffer): { sha256: string; key: string } {
  const sha256 = createHash('sha256').update(content).digest('hex');
  return { sha256, key: keyOf(sha256) };
}
