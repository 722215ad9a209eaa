import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { AxisDocumentPackage, IncomingDocumentRefused, OutgoingDocumentIssued, PackageReceived } from '@qlvb/contracts';
import { readPackage, writeStatusPackage } from '@qlvb/edxml';
import { armFailPoints } from '@qlvb/platform-faults';
import { keyOf } from '@qlvb/platform-storage';
import { until } from '@qlvb/platform-service-testing';
import { describeIf } from '@qlvb/platform-testing';
import { idFrom, newId } from '@qlvb/shared-domain';
import { PDF, PostRoom, RECIPIENT, sender, SENDER, third, THIRD } from './post-room.ts';
import type { DeliveryDetail } from './post-room.ts';

let room: PostRoom;
beforeAll(async () => {
  room = await PostRoom.open();
});
afterAll(() => room.test.stop());
afterEach(() => armFailPoints(undefined));

const statuses = (delivery: { history: readonly { status: string }[] } | undefined): string =>
  (delivery?.history ?? []).map(({ status }) => status).join(' ');

describe('sending', () => {
  it('QĐ28-A10-1 writes one package for each recipient on the exchange, and none for the others', async () => {
    const deliveries = await room.send(['H46.03', 'H46.07']);
    expect(deliveries.map(({ recipientCode }) => recipientCode)).toEqual(['H46.03', 'H46.07']);
    expect(deliveries.map(statuses)).toEqual(['queued sent 01', 'queued sent 01']);
    const onPaper = await room.issued(['H46.03']);
    await room.test.deliver(OutgoingDocumentIssued, SENDER, {
      ...onPaper,
      recipients: [...onPaper.recipients, { recipientId: newId(), name: 'Lưu: VT' }],
    });
    expect((await room.arrived(onPaper.documentId)).length).toBe(1);
  });

  it('EX-ST-3 the sender finds every step with its time, and can fetch what was sent', async () => {
    const [delivery] = await room.send();
    const xml = await room.content(delivery?.packageId ?? '', sender);
    const read = await readPackage(Readable.from([xml]), {
      onAttachment: async (_meta, stream) => Buffer.concat(await stream.toArray()),
    });
    if (read.kind !== 'edoc') throw new Error(read.kind);
    expect(read.findings.filter(({ severity }) => severity === 'fault')).toEqual([]);
    expect(read.package.documentId).toBe(
      'H46.05,2026/11/23,05/QĐ-STTTT'.replace(
        '2026/11/23',
        OutgoingDocumentIssued.example.issuedOn.replaceAll('-', '/'),
      ),
    );
    expect(read.package.recipients?.map(({ agencyCode }) => agencyCode)).toEqual(['H46.03']);
    const [attachment] = read.attachments;
    expect(attachment?.state === 'delivered' && attachment.delivered.equals(PDF)).toBe(true);
  });

  it('SEC-C03 F-41 a package whose bytes were altered in the store is not given out: a clear word, no failure of ours', async () => {
    const [delivery] = await room.send(['H46.03']);
    const packageId = delivery?.packageId ?? '';
    const { rows } = await room.test.admin.query<{ key: string }>(
      'SELECT object_key AS key FROM package WHERE id = $1',
      [packageId],
    );
    const object = join(room.objects, rows[0]?.key ?? '');
    const bytes = readFileSync(object);
    chmodSync(object, 0o600);
    writeFileSync(object, Buffer.concat([Buffer.from('X'), bytes.subarray(1)]));
    const answer = await room.test.ask(`/packages/${packageId}/content`, { as: sender });
    expect([answer.status, await answer.json()]).toMatchObject([409, { code: 'storage.file-bytes-lost' }]);
    writeFileSync(object, bytes);
  });

  it('F-63 who looks at a package or takes its bytes is written down before, with the digest', async () => {
    const packageId = (await room.send())[0]?.packageId ?? '';
    await room.test.json(`/packages/${packageId}`, { as: sender });
    const bytes = await room.content(packageId, sender);
    const { rows } = await room.test.admin.query<{ action: string; sha256: string; by: string }>(
      `SELECT entry::jsonb ->> 'action' AS action, entry::jsonb #>> '{after,sha256}' AS sha256,
         entry::jsonb #>> '{actor,userId}' AS by
       FROM platform.audit WHERE entry::jsonb @> $1 ORDER BY seq`,
      [{ resource: { type: 'package', id: packageId } }],
    );
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    expect(rows.slice(-2)).toEqual(
      ['package.viewed', 'package.downloaded'].map((action) => ({ action, sha256, by: sender.userId })),
    );
  });

  it('NĐ30-A15-4, NĐ30-A13-1 sends a normative document with the year in its code, and how it was signed', async () => {
    const issued = await room.issued();
    const documentCode = '05/2026/QĐ-UBND';
    const changes = { documentCode, codeNotation: 'QĐ-UBND', competence: 'KT' as const };
    await room.test.deliver(OutgoingDocumentIssued, SENDER, { ...issued, ...changes });
    const [delivery] = await room.arrived(issued.documentId);
    const xml = await room.content(delivery?.packageId ?? '', sender);
    const read = await readPackage(Readable.from([xml]), { onAttachment: (_meta, stream) => stream.toArray() });
    if (read.kind !== 'edoc') throw new Error(read.kind);
    expect(read.findings.filter(({ severity }) => severity === 'fault')).toEqual([]);
    expect(read.package).toMatchObject({
      codeNumber: '05',
      codeNotation: '2026/QĐ-UBND',
      signer: { competence: 'KT.' },
    });
    const received = (await room.test.published(PackageReceived)).filter(
      ({ data }) => data.packageId === delivery?.packageId,
    );
    expect(received.map(({ data }) => `${data.codeNumber}/${data.codeNotation}`)).toEqual([documentCode]);
  });

  describeIf(spawnSync('xmllint', ['--version']).error === undefined, 'xmllint (libxml2-utils)', 'xmllint', () => {
    it('takes the package', async () => {
      const [delivery] = await room.send();
      const { stderr, status } = spawnSync('xmllint', ['--noout', '--nonet', '-'], {
        input: await room.content(delivery?.packageId ?? '', sender),
      });
      expect([status, stderr.toString()]).toEqual([0, '']);
    });
  });

  it('sends once however often the event comes, and at the same time too', async () => {
    const data = await room.issued();
    const ids = [newId(), newId()];
    await Promise.all(
      [...ids, ...ids].map((id) => room.test.deliver(OutgoingDocumentIssued, SENDER, data, id).catch(() => undefined)),
    );
    const deliveries = await room.arrived(data.documentId);
    expect(deliveries.map(statuses)).toEqual(['queued sent 01']);
    const { rows } = await room.test.admin.query('SELECT 1 FROM package WHERE id = $1', [deliveries[0]?.packageId]);
    expect(rows.length).toBe(1);
  });

  it('a crash after the package was stored leaves nothing half-done, and the repetition sends the same bytes', async () => {
    const data = await room.issued();
    armFailPoints('exchange:after-package-stored=throw@1');
    await room.test.deliver(OutgoingDocumentIssued, SENDER, data);
    const [delivery] = await room.arrived(data.documentId);
    expect(statuses(delivery)).toBe('queued sent 01');
  });

  it('F-20 a file that is not in the store holds up its own document only, and is waited for', async () => {
    const data = await room.issued(['H46.03'], {});
    const content = Buffer.from(`%PDF-1.7\n${newId()}\n%%EOF`);
    const missing = data.files.map((file) => ({ ...file, ...digest(content) }));
    await room.test.deliver(OutgoingDocumentIssued, SENDER, { ...data, files: missing });
    expect((await room.send()).map(statuses)).toEqual(['queued sent 01']);
    expect((await room.deliveries(data.documentId)).map(statuses)).toEqual(['queued']);
    expect(await room.count(`package WHERE document_id = '${data.documentId}'`)).toBe(0);
    await room.put(content);
    expect((await room.arrived(data.documentId)).length).toBe(1);
  });
});

describe('F-20 one recipient’s fault touches no other, and is told', () => {
  const act = (deliveryId: string, what: 'retries' | 'cancellations', body: object, as: object = sender) =>
    room.test.ask(`/deliveries/${deliveryId}/${what}`, { as: as as typeof sender, body });
  /** A document for two, one of whom cannot be written into a package. */
  const half = async (): Promise<{ documentId: string; bad: DeliveryDetail; other: DeliveryDetail }> => {
    const issued = await room.issued(['H46.03', 'H46.07']);
    const recipients = issued.recipients.map((one) =>
      one.agencyCode === 'H46.07' ? { ...one, name: '\u2068Sở Tài chính\u2069' } : one,
    );
    await room.test.deliver(OutgoingDocumentIssued, SENDER, { ...issued, recipients });
    const all = await until('both ended', async () => {
      const found = await room.deliveries(issued.documentId);
      return found.every(({ status }) => status === '01' || status === 'send_failed') ? found : undefined;
    });
    const [other, bad] = all;
    if (!other || !bad) throw new Error('two deliveries');
    return { documentId: issued.documentId, other, bad };
  };

  it('F-20 failed with a code that its sender sees, is told and can act on', async () => {
    const { documentId, bad, other } = await half();
    expect([other.recipientCode, statuses(other)]).toEqual(['H46.03', 'queued sent 01']);
    expect([bad.status, bad.failureCode, statuses(bad)]).toEqual([
      'send_failed',
      'package-invalid',
      'queued send_failed',
    ]);
    const told = await room.told('dispatch-failed', documentId);
    expect(told.map(({ userId, permission }) => userId ?? permission)).toEqual([
      OutgoingDocumentIssued.example.drafter.userId,
      'deliveries.manage',
    ]);
    const { items } = await room.test.json<{ items: { deliveryId: string }[] }>(
      `/deliveries?status=send_failed&documentId=${documentId}`,
      { as: sender },
    );
    expect(items.map(({ deliveryId }) => deliveryId)).toEqual([bad.deliveryId]);
  });

  it('F-20 is sent again after what was in the way was mended', async () => {
    const { bad } = await half();
    expect((await act(bad.deliveryId, 'retries', {})).status).toBe(201);
    const again = await until('tried again', async () => {
      const found = await room.delivery(bad.deliveryId);
      return found.history.length === 4 ? found : undefined;
    });
    expect(statuses(again)).toBe('queued send_failed queued send_failed');
    await room.test.admin.query(
      `UPDATE dispatch SET issued = replace(replace(issued::text, chr(8296), ''), chr(8297), '')::jsonb`,
    );
    expect((await act(bad.deliveryId, 'retries', {})).status).toBe(201);
    const sent = await until('sent', async () => {
      const found = await room.delivery(bad.deliveryId);
      return found.status === '01' ? found : undefined;
    });
    expect([sent.failureCode, statuses(sent)]).toEqual([null, 'queued send_failed queued send_failed queued sent 01']);
    expect((await act(bad.deliveryId, 'retries', {})).status).toBe(409);
  });

  it('F-20 is cancelled with a reason; what went out is not', async () => {
    const { bad, other } = await half();
    const reason = 'Nơi nhận đã giải thể';
    expect((await act(other.deliveryId, 'cancellations', { reason })).status).toBe(409);
    expect((await act(bad.deliveryId, 'cancellations', { reason })).status).toBe(201);
    expect(statuses(await room.delivery(bad.deliveryId))).toBe('queued send_failed cancelled');
    for (const what of ['retries', 'cancellations'] as const) {
      expect((await act(bad.deliveryId, what, what === 'retries' ? {} : { reason })).status).toBe(409);
    }
  });

  it('API1 is acted on by its own agency’s clerks only', async () => {
    const { bad } = await half();
    const colleague = { ...sender, permissions: ['deliveries.read'] };
    expect((await act(bad.deliveryId, 'retries', {}, colleague)).status).toBe(403);
    expect((await act(bad.deliveryId, 'retries', {}, third)).status).toBe(404);
  });
});

describe('F-23 a package whose recipient is gone when the axis brings it', () => {
  const GONE = idFrom('agency:H46.90');
  let version = 0;
  const known = (code: string) => room.tellAgency(GONE, code, 'Sở Công Thương', (version += 1));
  const act = (deliveryId: string, what: 'retries' | 'cancellations', body: object) =>
    room.test.ask(`/deliveries/${deliveryId}/${what}`, { as: sender, body });

  /** Sent while the agency had its code, brought when it had it no more: nobody has it, and it waits for the directory. */
  const underway = async (): Promise<{ documentId: string; deliveryId: string; packageId: string }> => {
    await known('H46.90');
    const data = await room.issued(['H46.90']);
    const client = await room.test.admin.connect();
    try {
      // The package is written, its row not yet: the directory changes in between.
      await client.query('BEGIN');
      await client.query('LOCK TABLE package IN EXCLUSIVE MODE');
      await room.test.deliver(OutgoingDocumentIssued, SENDER, data);
      await until('it is being handed over', async () => {
        const { rowCount } = await room.test.admin.query(
          `SELECT 1 FROM pg_locks WHERE relation = 'package'::regclass AND NOT granted`,
        );
        return rowCount === 1 ? true : undefined;
      });
      await known('H46.91');
      await client.query('COMMIT');
    } finally {
      client.release();
    }
    const [delivery] = await room.deliveries(data.documentId);
    const { deliveryId = '', packageId = '' } = delivery ?? {};
    return { documentId: data.documentId, deliveryId, packageId };
  };
  const stranded = async () => {
    const ids = await underway();
    await room.givenUp(ids.packageId);
    return ids;
  };

  it('F-23 has failed with a reason, is told, and arrives when it is sent again and the recipient is known', async () => {
    const { documentId, deliveryId, packageId } = await stranded();
    const failed = await room.delivery(deliveryId);
    expect([failed.status, failed.failureCode, statuses(failed)]).toEqual([
      'send_failed',
      'recipient-not-on-axis',
      'queued send_failed',
    ]);
    expect(failed.history.at(-1)?.reason).toBe('Nơi nhận không có trên trục liên thông');
    const told = await room.told('dispatch-failed', documentId);
    expect(told.map(({ userId, permission }) => userId ?? permission)).toEqual([
      OutgoingDocumentIssued.example.drafter.userId,
      'deliveries.manage',
    ]);
    expect(await room.count(`received_package WHERE id = '${packageId}'`)).toBe(0);

    expect((await act(deliveryId, 'retries', {})).status).toBe(201);
    // In use of its id, a claim check for another recipient proves nothing about it.
    const { rows } = await room.test.admin.query<{ object_key: string; sha256: string; size_bytes: string }>(
      'SELECT object_key, sha256, size_bytes FROM package WHERE id = $1',
      [packageId],
    );
    const [sent] = rows;
    await room.test.deliver(AxisDocumentPackage, SENDER, {
      ...AxisDocumentPackage.example,
      packageId,
      from: 'H46.05',
      to: 'H46.07',
      objectKey: sent?.object_key ?? '',
      sha256: sent?.sha256 ?? '',
      sizeBytes: Number(sent?.size_bytes),
    });
    expect(await room.settled(packageId, third)).toMatchObject({ ground: 'not-addressed-to-recipient' });
    expect(statuses(await room.delivery(deliveryId))).toBe('queued send_failed queued');

    await known('H46.90');
    const [arrived] = await room.arrived(documentId);
    expect([arrived?.failureCode, statuses(arrived)]).toEqual([null, 'queued send_failed queued sent 01']);
  });

  it('EX-TIME-1 one that nobody has taken within an hour has failed, is told, can be sent again and arrives late', async () => {
    const { documentId, deliveryId, packageId } = await underway();
    const look = async (): Promise<void> => {
      const job = `kind = 'exchange.watch-receipts' AND state = 'waiting'`;
      const due = `UPDATE platform.job SET due_at = now() WHERE ${job}`;
      await until('due', async () => ((await room.test.admin.query(due)).rowCount === 1 ? true : undefined));
      const again = `SELECT 1 FROM platform.job WHERE ${job} AND due_at > now() + interval '1 minute'`;
      await until('looked', async () => ((await room.test.admin.query(again)).rowCount === 1 ? true : undefined));
    };
    const past = (minutes: number) =>
      room.test.admin.query(
        `WITH d AS (UPDATE delivery SET updated_at = now() - make_interval(mins => $2) WHERE id = $1 RETURNING package_id)
         UPDATE package SET created_at = now() - make_interval(mins => $2) FROM d WHERE id = d.package_id`,
        [deliveryId, minutes],
      );
    await past(59);
    await look();
    expect(statuses(await room.delivery(deliveryId))).toBe('queued');
    await past(61);
    await look();
    await look();
    const failed = await room.delivery(deliveryId);
    expect([failed.status, failed.failureCode, statuses(failed)]).toEqual(['send_failed', 'receipt-missing', 'queued send_failed']); // prettier-ignore
    expect(failed.history.at(-1)?.reason).toBe('Trục liên thông chưa xác nhận đã nhận gói tin');
    expect(await room.told('dispatch-failed', documentId)).toHaveLength(2);
    // It may be out: it cannot be left as if it were not.
    expect((await act(deliveryId, 'cancellations', { reason: 'Nơi nhận đã giải thể' })).status).toBe(409);
    expect((await act(deliveryId, 'retries', {})).status).toBe(201);
    await look();
    expect(statuses(await room.delivery(deliveryId))).toBe('queued send_failed queued');
    await past(61);
    await look();
    await known('H46.90');
    const [arrived] = await room.arrived(documentId);
    expect([arrived?.failureCode, statuses(arrived)]).toEqual([null, 'queued send_failed queued send_failed sent 01']);
    expect(await room.count(`received_package WHERE id = '${packageId}'`)).toBe(1);
  });

  it('F-23 can be left, with a reason', async () => {
    const { deliveryId } = await stranded();
    expect((await act(deliveryId, 'cancellations', { reason: 'Nơi nhận đã giải thể' })).status).toBe(201);
    expect(statuses(await room.delivery(deliveryId))).toBe('queued send_failed cancelled');
    expect((await act(deliveryId, 'retries', {})).status).toBe(409);
  });
});

describe('statuses', () => {
  it('EX-ST-1 EX-ST-2 each act of the recipient is told by itself, once and in order, whatever order it is heard in', async () => {
    const [delivery] = await room.send();
    const { packageId = '', deliveryId = '' } = delivery ?? {};
    for (const code of ['04', '06', '03', '05', '03', '06'] as const) await room.acts[code](packageId);
    // Each report is a package of its own and none waits for another to be read.
    for (const code of ['03', '04', '05', '06']) await room.arrived(await documentOf(deliveryId), code);
    expect(statuses(await room.delivery(deliveryId))).toBe('queued sent 01 03 04 05 06');
  });

  it('F-53 QĐ28-A5-4 a refusal comes back with person and reason, and ends the delivery', async () => {
    const [delivery] = await room.send();
    await room.acts['02'](delivery?.packageId ?? '');
    await room.arrived(await documentOf(delivery?.deliveryId ?? ''), '02');
    const { history } = await room.delivery(delivery?.deliveryId ?? '');
    expect(history.at(-1)).toMatchObject({ status: '02', reason: 'Lý do khác: Không thuộc thẩm quyền' });
    const english = { accept: 'application/json', 'accept-language': 'en' };
    const told = await room.test.ask(`/deliveries/${delivery?.deliveryId}`, { as: sender, headers: english });
    expect(((await told.json()) as DeliveryDetail).history.at(-1)?.reason).toBe('Other reason: Không thuộc thẩm quyền');
    await room.acts['03'](delivery?.packageId ?? '');
    expect(statuses(await room.delivery(delivery?.deliveryId ?? ''))).toBe('queued sent 01 02');
  });

  it('EX-ST-3 only the agency a document was sent to says what became of it', async () => {
    const [delivery] = await room.send(['H46.03'], { documentCode: '66/QĐ-STTTT' });
    const { packageId = '', deliveryId = '' } = delivery ?? {};
    const { rows } = await room.test.admin.query<{ object_key: string }>(
      `SELECT object_key FROM package WHERE in_reply_to = $1 AND status_code = '01' LIMIT 1`,
      [packageId],
    );
    const honest = (await room.store.readSmall({ key: rows[0]?.object_key ?? '' }, 1_000_000)).toString('utf8');
    const forged = honest.replaceAll('H46.03', 'H46.07').replace('>01<', '>06<');
    expect(forged).not.toBe(honest);
    const forgedId = await room.statusOnAxis(forged, packageId, 'H46.07');
    expect(await room.settled(forgedId, sender)).toMatchObject({ state: 'waiting', ground: 'credentials-differ' });
    const byThird = await room.statusOnAxis(forged, packageId, 'H46.07', THIRD);
    expect(await room.settled(byThird, sender)).toMatchObject({ state: 'waiting', ground: 'status-not-entitled' });
    expect(statuses(await room.delivery(deliveryId))).toBe('queued sent 01');
  });

  it('F-29 statuses end equal in whatever order they come, the sender keeps every one', async () => {
    const issuedOn = OutgoingDocumentIssued.example.issuedOn;
    const status = (code: string, minute: number, documentCode: string): string =>
      writeStatusPackage({
        sender: { agencyCode: 'H46.03', name: 'Sở Nội vụ' },
        about: { agencyCode: 'H46.05', documentCode, issuedOn, documentId: `H46.05,${issuedOn.replaceAll('-', '/')},${documentCode}` }, // prettier-ignore
        status: code,
        description: `báo ${code}`,
        at: new Date(Date.UTC(2026, 10, 24, 1, minute)),
      });
    const histories: string[] = [];
    for (const [round, order] of [
      ['03', '04', '05', '06'],
      ['06', '05', '04', '03'],
      ['04', '06', '03', '05'],
    ].entries()) {
      // prettier-ignore
      const documentCode = `9${round}/QĐ-STTTT`;
      const [delivery] = await room.send(['H46.03'], { documentCode });
      for (const code of order) {
        const id = await room.statusOnAxis(status(code, Number(code), documentCode), newId());
        expect((await room.settled(id, sender)).state).toBe('applied');
      }
      const found = await room.delivery(delivery?.deliveryId ?? '');
      // 01 is told by our own recipient side, with a later time than these of a fixed day.
      histories.push(`${found.status}: ${statuses(found).replace(' 01', '')}`);
    }
    expect(new Set(histories)).toEqual(new Set(['06: queued sent 03 04 05 06']));
    const conflicts: string[] = [];
    for (const [round, order] of [
      ['02', '03'],
      ['03', '02'],
    ].entries()) {
      const documentCode = `8${round}/QĐ-STTTT`;
      const [delivery] = await room.send(['H46.03'], { documentCode });
      for (const code of order) await room.statusOnAxis(status(code, Number(code), documentCode), newId());
      const found = await room.delivery(delivery?.deliveryId ?? '');
      conflicts.push(`${found.status}: ${statuses(found).replace(' 01', '')}`);
    }
    expect(new Set(conflicts)).toEqual(new Set(['02: queued sent 02 03']));
  });

  it('F-29 15 and 16 stand in the history and on the clerk’s desk, an unknown code and a take-back on the desk', async () => {
    const [delivery] = await room.send(['H46.03'], { documentCode: '77/QĐ-STTTT' });
    const write = (status: string, at = new Date()): string =>
      writeStatusPackage({
        sender: { agencyCode: 'H46.03', name: 'Sở Nội vụ' },
        about: { agencyCode: 'H46.05', documentCode: '77/QĐ-STTTT', issuedOn: OutgoingDocumentIssued.example.issuedOn, documentId: '?' }, // prettier-ignore
        status,
        description: 'Lý do trả lời',
        at,
      });
    for (const [code, ground] of [
      ['15', 'change-answered'],
      ['16', 'change-answered'],
      ['13', 'take-back-asked'],
    ] as const) {
      // prettier-ignore
      const id = await room.statusOnAxis(write(code), newId());
      expect(await room.settled(id, sender)).toMatchObject({ state: 'waiting', ground, statusCode: code });
      expect(await room.told('package-waiting', id)).toHaveLength(1);
    }
    const unknown = await room.statusOnAxis(write('05').replace('>05<', '>42<'), newId());
    expect(await room.settled(unknown, sender)).toMatchObject({ state: 'waiting', ground: 'status-unknown' });
    const { status, history } = await room.delivery(delivery?.deliveryId ?? '');
    expect([status, history.map((step) => step.status).join(' ')]).toEqual(['01', 'queued sent 01 15 16']);
  });

  it('F-36 EX-ST-2 a status that can be read in two ways changes no delivery, and is answered by none', async () => {
    const documentCode = '78/QĐ-STTTT';
    const [delivery] = await room.send(['H46.03'], { documentCode });
    const { issuedOn } = OutgoingDocumentIssued.example;
    const xml = writeStatusPackage({
      sender: { agencyCode: 'H46.03', name: 'Sở Nội vụ' },
      about: { agencyCode: 'H46.05', documentCode, issuedOn, documentId: '?' },
      status: '03',
      at: new Date(),
    });
    for (const twice of [
      '<edXML:StatusCode>02</edXML:StatusCode>',
      '<edXML:ResponseFor><edXML:OrganId>H46.05</edXML:OrganId><edXML:Code>79/QĐ-STTTT</edXML:Code></edXML:ResponseFor>',
    ]) {
      // prettier-ignore
      const id = await room.statusOnAxis(xml.replace('</edXML:MessageHeader>', `${twice}$&`), delivery?.packageId ?? '');
      const row = await room.settled(id, sender);
      expect(row).toMatchObject({ state: 'waiting', ground: 'ambiguous', decisions: ['interpret-again', 'discard'] });
      const decide = (body: object) => room.test.ask(`/received-packages/${id}/decisions`, { as: sender, body });
      const reason = 'Không rõ trạng thái nào';
      expect((await decide({ decision: 'take-as-new' })).status).toBe(409);
      expect((await decide({ decision: 'refuse', reason })).status).toBe(409);
      expect((await decide({ decision: 'discard' })).status).toBe(201);
      expect(await room.count(`package WHERE in_reply_to = '${id}'`)).toBe(0);
    }
    expect(statuses(await room.delivery(delivery?.deliveryId ?? ''))).toBe('queued sent 01');
  });

  it('F-29 a status that answers no package by its id is one all the same', async () => {
    const documentCode = '79/QĐ-STTTT';
    const [delivery] = await room.send(['H46.03'], { documentCode });
    const { issuedOn } = OutgoingDocumentIssued.example;
    const xml = writeStatusPackage({
      sender: { agencyCode: 'H46.03', name: 'Sở Nội vụ' },
      about: { agencyCode: 'H46.05', documentCode, issuedOn, documentId: '?' },
      status: '03',
      at: new Date(),
    });
    const id = await room.statusOnAxis(xml, 'không rõ');
    expect(await room.settled(id, sender)).toMatchObject({ kind: 'status', state: 'applied', inReplyTo: null });
    expect((await room.delivery(delivery?.deliveryId ?? '')).status).toBe('03');
  });

  it('EX-ST-2 no ground lets a status be refused, save a take-back that asks for an answer', async () => {
    const other = writeStatusPackage({
      sender: { agencyCode: 'H46.07', name: 'Sở Tài chính' },
      about: { agencyCode: 'H46.05', documentCode: '1/A', documentId: '?' },
      status: '03',
      at: new Date(),
    });
    const [forged, broken] = [await room.statusOnAxis(other, newId()), await room.statusOnAxis('x', newId())];
    expect(await room.settled(forged, sender)).toMatchObject({ ground: 'sender-not-on-axis', decisions: ['discard'] });
    expect((await room.settled(broken, sender)).decisions).toEqual(['interpret-again', 'discard']);
    const taken = await room.statusOnAxis(other.replaceAll('H46.07', 'H46.03').replace('>03<', '>13<'), newId());
    const reason = 'Văn bản đã giải quyết xong';
    const body = { decision: 'refuse', reason };
    await room.test.json(`/received-packages/${taken}/decisions`, { as: sender, body });
    expect(await room.count(`package WHERE in_reply_to = '${taken}' AND status_code = '16'`)).toBe(1);
  });

  it('F-29 a status that comes by the queue of documents is a status', async () => {
    const [delivery] = await room.send(['H46.03'], { documentCode: '15/QĐ-STTTT', issuedOn: '2026-11-20' });
    const xml = readFileSync(join(import.meta.dirname, '..', 'testing', 'statusdoc.edxml'));
    const id = await room.announce(xml, { from: 'H46.03', to: 'H46.05' }, RECIPIENT);
    expect(await room.settled(id, sender)).toMatchObject({ kind: 'status', state: 'applied' });
    const { status, history } = await room.delivery(delivery?.deliveryId ?? '');
    expect([status, history.find((step) => step.status === '03')?.reason]).toEqual(['03', 'Đã vào sổ']);
    expect(await room.count(`package WHERE in_reply_to = '${id}'`)).toBe(0);
  });

  it.each(['(MẬT) không nhận\u0000', 'Độ mật:\tTối mật', `\u2068${'lý do '.repeat(300)}\u2069`])(
    'F-20 a refusal’s reason always arrives: %j',
    async (reason) => {
      const [delivery] = await room.send();
      await room.test.deliver(IncomingDocumentRefused, RECIPIENT, {
        ...IncomingDocumentRefused.example,
        packageId: delivery?.packageId ?? '',
        reasonCode: 'OTHER',
        reason,
        refusedBy: { ...IncomingDocumentRefused.example.refusedBy, fullName: 'An\u2068\u0000' },
      });
      const documentId = await documentOf(delivery?.deliveryId ?? '');
      await room.arrived(documentId, '02');
      const { history } = await room.delivery(delivery?.deliveryId ?? '');
      expect(history.at(-1)?.reason).toMatch(/^Lý do khác: (Lý do có dẫn dấu|lý do lý do)/);
    },
  );

  it('a status package that cannot be read changes nothing and stops nothing', async () => {
    const [delivery] = await room.send();
    for (const xml of ['', 'x', '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', '<edXML/>']) {
      const id = await room.statusOnAxis(`${xml}<!-- ${newId()} -->`, delivery?.packageId ?? '');
      expect(await room.settled(id, sender)).toMatchObject({ state: 'waiting', ground: 'package-unreadable' });
      expect(await room.count(`package WHERE in_reply_to = '${id}'`)).toBe(0);
    }
    await room.acts['03'](delivery?.packageId ?? '');
    await room.arrived(await documentOf(delivery?.deliveryId ?? ''), '03');
  });
});

describe('another agency', () => {
  it('API1 sees neither deliveries nor packages of these two', async () => {
    const [delivery] = await room.send();
    const { packageId = '', deliveryId = '' } = delivery ?? {};
    for (const path of [`/deliveries/${deliveryId}`, `/packages/${packageId}`, `/packages/${packageId}/content`])
      expect((await room.test.ask(path, { as: third })).status).toBe(404);
    const documentId = await documentOf(deliveryId);
    expect(await room.test.json(`/deliveries?documentId=${documentId}`, { as: third })).toEqual({
      items: [],
      nextCursor: null,
      total: { value: 0, more: false },
    });
    const { items } = await room.test.json<{ items: { packageId: string }[] }>(`/packages?documentId=${documentId}`, {
      as: third,
    });
    expect(items).toEqual([]);
  });
});

it('announces what came in to the recipient alone', async () => {
  const published = await room.test.published(PackageReceived);
  expect(published.length).toBeGreaterThan(5);
  expect(
    new Set(published.filter(({ data }) => data.senderCode === 'H46.05').map(({ agencyid }) => agencyid)).has(SENDER),
  ).toBe(false);
  expect(published.some(({ agencyid }) => agencyid === RECIPIENT)).toBe(true);
});

async function documentOf(deliveryId: string): Promise<string> {
  const { rows } = await room.test.admin.query<{ id: string }>('SELECT document_id AS id FROM delivery WHERE id = $1', [
    deliveryId,
  ]);
  return rows[0]?.id ?? '';
}

function digest(content: Uint8Array): { sha256: string; objectKey: string } {
  const sha256 = createHash('sha256').update(content).digest('hex');
  return { sha256, objectKey: keyOf(sha256) };
}
