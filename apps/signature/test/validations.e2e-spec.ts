import { randomBytes } from 'node:crypto';
import { renameSync } from 'node:fs';
import { SignatureNotificationRequested, ValidationCompleted } from '@qlvb/contracts';
import type { DataOf } from '@qlvb/contracts';
import { until, whileNoJobBegins } from '@qlvb/platform-service-testing';
import { newId } from '@qlvb/shared-domain';
import { clerk, drawnDecision, leader, named, officer, RECIPIENT, SigningRoom, stranger } from './signing-room.ts';

let room: SigningRoom;
let complete: Buffer;
let personOnly: Buffer;

beforeAll(async () => {
  room = await SigningRoom.open();
  const [person, agency] = [room.person(leader), room.agency()];
  const [personal, seal] = [await room.register(person, leader), await room.register(agency, 'agency')];
  const draft = await room.draft();
  await room.check(draft);
  await room.complete(await room.openSession(draft.documentId, 'personal', personal, leader), person, leader);
  personOnly = await room.read(await room.mainOf(draft.documentId));
  await room.number(draft.documentId, await room.filesOf(draft.documentId));
  await room.complete(await room.openSession(draft.documentId, 'agency', seal, clerk), agency, clerk);
  complete = await room.read(named(await room.filesOf(draft.documentId), 'quyet-dinh.pdf'));
});
afterAll(() => room.close());

interface Report {
  readonly legalEffect: string;
  readonly findings: readonly { code: string }[];
  readonly signatures: readonly Record<string, unknown>[];
}
interface Validation {
  readonly validationId: string;
  readonly fileName: string;
  readonly state: string;
  readonly failure: string | null;
  readonly job: { readonly state: string; readonly isCancelling: boolean } | null;
  readonly report: Report | null;
}
const asking = (bytes: Uint8Array) =>
  ({ as: officer, method: 'POST', bytes, headers: { 'content-type': 'application/pdf' } }) as const;
const request = (bytes: Uint8Array) => room.test.json<Validation>('/validations', { ...asking(bytes), status: 202 });
const found = (validationId: string, as: typeof officer = officer) =>
  room.test.json<Validation>(`/validations/${validationId}`, { as });
const ended = (validationId: string): Promise<Validation> =>
  until('the validation is over', async () => {
    const validation = await found(validationId);
    return ['waiting', 'running'].includes(validation.state) ? undefined : validation;
  });
const upload = async (bytes: Uint8Array): Promise<Report & { readonly validationId: string }> => {
  const { validationId, state, report } = await ended((await request(bytes)).validationId);
  if (!report) throw new Error(`the validation ${validationId} is ${state}`);
  return { validationId, ...report };
};
const result = async (documentId: string): Promise<DataOf<typeof ValidationCompleted>> => {
  const mine = async () =>
    (await room.test.published(ValidationCompleted)).filter(({ data }) => data.documentId === documentId);
  const event = await until('the result', async () => (await mine())[0]);
  expect(await mine()).toHaveLength(1);
  expect(event.agencyid).toBe(RECIPIENT);
  return event.data;
};
const flipped = (pdf: Buffer, at: number): Buffer => {
  const bytes = Buffer.from(pdf);
  bytes[at] = (bytes[at] ?? 0) ^ 0x20;
  return bytes;
};
/** Bytes as an editor would add them: a note over the page, properly cross-referenced. */
const noteAdded = (pdf: Buffer): Buffer => {
  const start = pdf.toString('latin1').lastIndexOf('startxref');
  const previous = pdf.toString('latin1', start).split('\n')[1] ?? '';
  const object = '9999 0 obj\n<< /Type /Annot /Subtype /FreeText /Rect [0 0 500 500] /Contents (x) >>\nendobj\n';
  const xref = pdf.length + object.length;
  const tail = `xref\n9999 1\n${String(pdf.length).padStart(10, '0')} 00000 n \ntrailer\n<< /Size 10000 /Prev ${previous} >>\nstartxref\n${xref}\n%%EOF\n`;
  return Buffer.concat([pdf, Buffer.from(object + tail, 'latin1')]);
};

describe('validation on request', () => {
  it('VN-47 says in Vietnamese who signed, by whom certified, when, and whether it holds', async () => {
    const report = await upload(complete);
    expect(report).toMatchObject({ legalEffect: 'complete', findings: [] });
    expect(report.signatures).toHaveLength(2);
    for (const signature of report.signatures) {
      expect(signature).toMatchObject({ verdict: 'valid', level: 'B-T', issuer: expect.stringContaining('mẫu') });
      expect(signature['timeStampTime']).toMatch(/\+07:00$/);
      expect(signature['digestSigned']).toBe(signature['digestComputed']);
    }
    expect(report.signatures[0]).toMatchObject({
      signerKind: 'person',
      signer: expect.stringContaining(leader.fullName),
    });
    expect(await room.refusal(`/validations/${report.validationId}`, { as: stranger })).toEqual([
      404,
      'signature.validation-missing',
    ]);
  });

  it('VN-01 tells the person’s signature alone, and none, from both', async () => {
    expect((await upload(personOnly)).legalEffect).toBe('person_only');
    expect((await upload(Buffer.from(await drawnDecision()))).legalEffect).toBe('none');
  });

  it('VER-04 VER-05 finds what was changed or added', async () => {
    for (const bytes of [flipped(complete, 2000), noteAdded(complete), Buffer.concat([complete, randomBytes(64)])]) {
      const report = await upload(bytes);
      expect(report.legalEffect).not.toBe('complete');
    }
  });

  it('VN-34 lists the trusted authorities', async () => {
    const { items } = await room.test.json<{ items: { fingerprint: string }[] }>('/trust-anchors', { as: officer });
    expect(items.map(({ fingerprint }) => fingerprint)).toEqual([room.pki.root.certificate.fingerprint]);
  });

  it('VN-47 repeated under one key is one report', async () => {
    const ask = { ...asking(complete), key: newId() };
    const first = await room.test.json<Validation>('/validations', ask);
    expect(await room.test.json<Validation>('/validations', ask)).toEqual(first);
    await ended(first.validationId);
    const other = await room.test.ask('/validations', { ...ask, bytes: flipped(complete, 900) });
    expect([other.status, ((await other.json()) as { code: string }).code]).toEqual([422, 'idempotency.key-reused']);
  });

  it('refuses other media types and strangers without a token', async () => {
    const ask = { method: 'POST', bytes: complete, headers: { 'content-type': 'text/html' } };
    expect((await room.test.ask('/validations', { ...ask, as: officer })).status).toBe(415);
    expect((await room.test.ask('/validations', { ...ask, as: null })).status).toBe(401);
  });
});

describe('a validation as work under way', () => {
  const cancellation = (validationId: string) => `/validations/${validationId}/cancellations`;

  it('VN-47 is answered at once, tells how far it is, and is stopped by who asked alone', async () => {
    const { validationId } = await whileNoJobBegins(room.test.admin, async () => {
      const asked = await request(complete);
      expect(asked).toMatchObject({ state: 'waiting', job: { state: 'waiting', attempts: 0 }, report: null });
      const stopped = await room.test.json<Validation>(cancellation(asked.validationId), { as: officer, body: {} });
      expect(stopped).toMatchObject({ state: 'cancelled', job: { state: 'cancelled' }, report: null });
      return asked;
    });
    expect(await room.refusal(cancellation(validationId), { as: officer, body: {} })).toEqual([409, 'jobs.over']);
    expect(await room.refusal(cancellation(validationId), { as: stranger, body: {} })).toEqual([
      404,
      'signature.validation-missing',
    ]);
    expect((await ended(validationId)).state).toBe('cancelled');
  });

  it('F-27 so many at once: one person has four under way, the next is told to wait', async () => {
    const asked = await whileNoJobBegins(room.test.admin, async () => {
      const answers = await Promise.all(
        Array.from({ length: 12 }, () => room.test.ask('/validations', asking(complete))),
      );
      const bodies = (await Promise.all(answers.map((answer) => answer.json()))) as Record<string, string>[];
      expect(answers.map(({ status }) => status).toSorted()).toEqual([
        ...Array<number>(4).fill(202),
        ...Array<number>(8).fill(429),
      ]);
      expect(new Set(bodies.map(({ code }) => code))).toEqual(new Set([undefined, 'jobs.too-many']));
      return bodies.flatMap(({ validationId }) => validationId ?? []);
    });
    for (const id of asked)
      expect(await ended(id)).toMatchObject({ state: 'done', report: { legalEffect: 'complete' } });
    expect((await upload(complete)).legalEffect).toBe('complete');
  });

  it('VER-07 what does not begin as a PDF is refused at once', async () => {
    expect(await room.refusal('/validations', asking(randomBytes(5000)))).toEqual([422, 'storage.file-unreadable']);
    expect(await room.refusal('/validations', asking(Buffer.alloc(0)))).toEqual([422, 'storage.file-empty']);
  });

  it('VER-07 what only begins as a PDF fails with that reason, and who asked is told', async () => {
    const { validationId } = await request(Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(5000)]));
    expect(await ended(validationId)).toMatchObject({ state: 'failed', failure: 'file-unreadable', report: null });
    const told = await until('the notification', async () =>
      (await room.test.published(SignatureNotificationRequested)).find(({ data }) => data.aboutId === validationId),
    );
    expect(told.data).toMatchObject({ kind: 'job-failed', userId: officer.userId });
  });
});

describe('an issued document as attachment', () => {
  it('F-09 is sealed again beside what it bears, and stays the original it was', async () => {
    const [person, agency] = [room.person(leader), room.agency()];
    const [personal, seal] = [await room.register(person, leader), await room.register(agency, 'agency')];
    const draft = await room.draft();
    const files = [...draft.files, await room.put(complete, 'attachment', 'da-ban-hanh.pdf')];
    await room.check({ ...draft, files });
    await room.complete(await room.openSession(draft.documentId, 'personal', personal, leader), person, leader);
    await room.number(draft.documentId, await room.filesOf(draft.documentId));
    await room.complete(await room.openSession(draft.documentId, 'agency', seal, clerk), agency, clerk);
    const attached = await room.read(named(await room.filesOf(draft.documentId), 'da-ban-hanh.pdf'));
    const report = await upload(attached);
    expect(report.signatures.map((one) => [one['field'], one['verdict']])).toEqual([
      ['ChuKyCaNhan', 'valid'],
      ['ChuKyCoQuan', 'valid'],
      ['ChuKyCoQuan2', 'valid'],
    ]);
    expect(report.legalEffect).toBe('complete');
  });
});

describe('validation on arrival', () => {
  it('NĐ30-A21-1 VN-40 reports every PDF of the document, each with a report to read', async () => {
    const files = [
      await room.put(complete, 'main', 'quyet-dinh.pdf'),
      await room.put(personOnly, 'attachment', 'kem-theo.pdf'),
      await room.put(Buffer.from('a;b'), 'attachment', 'bang.csv', 'text/csv'),
    ];
    const data = await result(await room.arrive(files));
    expect(data.files).toMatchObject([
      { fileId: files[0]?.fileId, legalEffect: 'complete', intact: true, authentic: true, findings: [] },
      { fileId: files[1]?.fileId, legalEffect: 'person_only', intact: true, authentic: true },
    ]);
    expect(data.files[0]?.validationId).toBe(data.validationId);
    for (const { validationId } of data.files) {
      expect(await found(validationId ?? '', stranger)).toMatchObject({
        fileName: expect.stringMatching(/pdf$/),
        state: 'done',
        job: null,
        report: { legalEffect: expect.any(String) },
      });
      expect((await room.refusal(`/validations/${validationId ?? ''}`, { as: officer }))[0]).toBe(404);
    }
  });

  it('VER-07 a file that is broken, hostile or lost is a result, never a dead letter', async () => {
    const hostile: [string, Uint8Array][] = [
      ['empty', Buffer.alloc(0)],
      ['noise', randomBytes(20_000)],
      ['head', Buffer.from('%PDF-1.7\n%%EOF\n')],
      ['half', complete.subarray(0, complete.length / 2)],
      ['middle', complete.subarray(1000)],
      ['nested', Buffer.from(`%PDF-1.7\n1 0 obj\n${'<< /A '.repeat(60_000)}\nendobj\nstartxref\n9\n%%EOF\n`)],
      [
        'loop',
        Buffer.from('%PDF-1.7\nxref\n0 1\n0000000000 65535 f \ntrailer << /Size 1 /Prev 9 >>\nstartxref\n9\n%%EOF\n'),
      ],
      ['xxe', Buffer.from('<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>')],
      ...Array.from({ length: 12 }, (_, i): [string, Uint8Array] => [
        `flip ${i}`,
        flipped(complete, Math.floor((complete.length * (i + 0.5)) / 12)),
      ]),
    ];
    const files = [];
    for (const [name, bytes] of hostile) files.push(await room.put(bytes, 'attachment', `${name}.pdf`));
    const lost = {
      ...(await room.put(randomBytes(10), 'main', 'lost.pdf')),
      objectKey: `sha256/00/00/${'0'.repeat(64)}`,
    };
    const data = await result(await room.arrive([lost, ...files]));
    expect(data.files).toHaveLength(hostile.length + 1);
    for (const { fileId, authentic, intact, legalEffect } of data.files) {
      const name = [lost, ...files].find((file) => file.fileId === fileId)?.name;
      expect([name, authentic && intact && legalEffect === 'complete']).toEqual([name, false]);
    }
    expect(data.files[0]?.findings).toEqual(['file-unreadable']);
    expect((await upload(complete)).legalEffect).toBe('complete');
  });

  it('VER-07 a check that could not be made is a result in the end: nothing is known of the files', async () => {
    const file = await room.put(complete, 'main', 'a.pdf');
    const folder = room.test.environment['QLVB_STORAGE_DIR'] ?? '';
    renameSync(folder, `${folder}-away`);
    try {
      const documentId = await room.arrive([file]);
      await until('the last attempt', async () => {
        await room.test.admin.query(
          `UPDATE platform.job SET attempts = 19, due_at = now() WHERE key = $1 AND state = 'waiting' AND attempts BETWEEN 1 AND 18`,
          [documentId],
        );
        const { rows } = await room.test.admin.query<{ state: string }>(
          'SELECT state FROM platform.job WHERE key = $1',
          [documentId],
        );
        return rows[0]?.state === 'failed';
      });
      const { files } = await result(documentId);
      expect(files).toMatchObject([
        { fileId: file.fileId, intact: false, authentic: false, integrity: 'unreadable', legalEffect: 'none' },
      ]);
    } finally {
      renameSync(`${folder}-away`, folder);
    }
  });

  it('a document without any PDF has an empty result', async () => {
    const data = await result(await room.arrive([await room.put(Buffer.from('a'), 'main', 'a.csv', 'text/csv')]));
    expect(data.files).toEqual([]);
  });
});
