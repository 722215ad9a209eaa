import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { OutgoingDocumentIssued, PackageReceived } from '@qlvb/contracts';
import { readPackage } from '@qlvb/edxml';
import { armFailPoints } from '@qlvb/platform-faults';
import { keyOf } from '@qlvb/platform-storage';
import { describeIf } from '@qlvb/platform-testing';
import { newId } from '@qlvb/shared-domain';
import { PDF, PostRoom, RECIPIENT, sender, SENDER, third } from './post-room.ts';

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
    const { rows } = await room.test.admin.query('SELECT 1 FROM package WHERE id = $1 AND direction = $2', [
      deliveries[0]?.packageId,
      'outgoing',
    ]);
    expect(rows.length).toBe(1);
  });

  it('a crash after the package was stored leaves nothing half-done, and the repetition sends the same bytes', async () => {
    const data = await room.issued();
    armFailPoints('exchange:after-package-stored=throw@1');
    await room.test.deliver(OutgoingDocumentIssued, SENDER, data);
    const [delivery] = await room.arrived(data.documentId);
    expect(statuses(delivery)).toBe('queued sent 01');
  });

  it('a file that is not in the store leaves nothing, and waits for it', async () => {
    const data = await room.issued(['H46.03'], {});
    const content = Buffer.from(`%PDF-1.7\n${newId()}\n%%EOF`);
    const missing = data.files.map((file) => ({ ...file, ...digest(content) }));
    const before = await room.count('package');
    const delivered = room.test.deliver(OutgoingDocumentIssued, SENDER, { ...data, files: missing });
    await new Promise((done) => setTimeout(done, 300));
    expect([await room.count('package'), (await room.deliveries(data.documentId)).length]).toEqual([before, 0]);
    await room.put(content);
    await delivered;
    expect((await room.arrived(data.documentId)).length).toBe(1);
  });
});

describe('statuses', () => {
  it('EX-ST-1 EX-ST-2 each act of the recipient is told by itself, once and in order, whatever order it is heard in', async () => {
    const [delivery] = await room.send();
    const { packageId = '', deliveryId = '' } = delivery ?? {};
    for (const code of ['04', '06', '03', '05', '03', '06'] as const) await room.acts[code](packageId);
    await room.arrived(await documentOf(deliveryId), '06');
    expect(statuses(await room.delivery(deliveryId))).toBe('queued sent 01 03 04 05 06');
  });

  it('QĐ28-A5-4 a refusal comes back with person and reason, and ends the delivery', async () => {
    const [delivery] = await room.send();
    await room.acts['02'](delivery?.packageId ?? '');
    await room.arrived(await documentOf(delivery?.deliveryId ?? ''), '02');
    const { history } = await room.delivery(delivery?.deliveryId ?? '');
    expect(history.at(-1)).toMatchObject({ status: '02', reason: 'OTHER: Không thuộc thẩm quyền' });
    await room.acts['03'](delivery?.packageId ?? '');
    expect(statuses(await room.delivery(delivery?.deliveryId ?? ''))).toBe('queued sent 01 02');
  });

  it('EX-ST-3 only the agency a document was sent to says what became of it', async () => {
    const [delivery] = await room.send();
    const { packageId = '', deliveryId = '' } = delivery ?? {};
    const { rows } = await room.test.admin.query<{ object_key: string }>(
      `SELECT object_key FROM package WHERE in_reply_to = $1 AND status_code = '01' LIMIT 1`,
      [packageId],
    );
    const honest = (await room.store.readSmall({ key: rows[0]?.object_key ?? '' }, 1_000_000)).toString('utf8');
    const forged = honest.replaceAll('H46.03', 'H46.07').replace('>01<', '>06<');
    expect(forged).not.toBe(honest);
    const forgedId = await room.statusOnAxis(forged, packageId, 'H46.07');
    expect((await room.package(forgedId, sender)).state).toBe('failed');
    expect(statuses(await room.delivery(deliveryId))).toBe('queued sent 01');
  });

  it('a status package that cannot be read changes nothing and stops nothing', async () => {
    const [delivery] = await room.send();
    for (const xml of ['', 'x', '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', '<edXML/>']) {
      const id = await room.statusOnAxis(`${xml}<!-- ${newId()} -->`, delivery?.packageId ?? '');
      expect((await room.package(id, sender)).state).toBe('failed');
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
    expect(await room.test.json(`/deliveries?documentId=${documentId}`, { as: third })).toEqual({ items: [] });
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
