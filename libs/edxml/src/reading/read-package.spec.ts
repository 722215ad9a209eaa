import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { FINDINGS } from '../package/findings.ts';
import { as, attachmentOf, documentWith, Memory, NOW, read, statusWith, written } from '../testing/documents.ts';
import { writeStatusPackage } from '../writing/write-status.ts';
import { readPackage } from './read-package.ts';
import { repeatKey } from './repeat-key.ts';

const files = (): Parameters<typeof written>[1] => [
  attachmentOf('a.pdf', Buffer.alloc(300_000, 'a1b2')),
  attachmentOf('b.txt', Buffer.alloc(300_000, 'c3d4')),
];

describe('attachments on their way to the sink', () => {
  it('come one after the other, no faster than the sink takes them', async () => {
    const seen: string[] = [];
    const result = await readPackage(Readable.from([await written(documentWith(), files())]), {
      now: NOW,
      onAttachment: async ({ name = '', mediaType }, stream) => {
        seen.push(`${name} begins as ${mediaType}`);
        let size = 0;
        for await (const chunk of stream as AsyncIterable<Buffer>) {
          size += chunk.length;
          await new Promise(setImmediate);
        }
        seen.push(`${name} ends`);
        return size;
      },
    });
    expect(seen).toEqual([
      'a.pdf begins as application/octet-stream',
      'a.pdf ends',
      'b.txt begins as text/plain',
      'b.txt ends',
    ]);
    expect(result.attachments.map((each) => each.state === 'delivered' && each.delivered)).toEqual([300_000, 300_000]);
  });

  it('are digested and dropped without a sink, and may be left unread by one', async () => {
    const content = await written(documentWith(), files());
    const dropped = await readPackage(Readable.from([content]), { now: NOW });
    const ignored = await readPackage(Readable.from([content]), { now: NOW, onAttachment: () => 'không cần' });
    const digests = (result: typeof dropped | typeof ignored): unknown[] =>
      result.attachments.map((each) => each.state === 'delivered' && [each.sizeBytes, each.sha256]);
    expect(digests(ignored)).toEqual(digests(dropped));
  });

  it('R7 fail their stream when the content breaks on the way', async () => {
    const text = (await written(documentWith(), files())).toString();
    const broken = text.slice(0, 200_000) + '*' + text.slice(200_001);
    const stored = new Memory();
    let failure: unknown;
    const pieces = broken.match(/[^]{1,16000}/g)?.map((piece) => Buffer.from(piece)) ?? [];
    const result = await readPackage(Readable.from(pieces), {
      now: NOW,
      onAttachment: async ({ index }, stream) => {
        if (index > 0) return Buffer.concat(await stream.toArray()).length;
        await pipeline(stream, stored).catch((error: unknown) => {
          failure = error;
        });
        return -1;
      },
    });
    expect(failure).toMatchObject({ code: 'edxml.attachment-broken', params: { fault: 'attachment-not-base64' } });
    expect(stored.writableFinished).toBe(false);
    expect(result.attachments).toMatchObject([
      { state: 'broken', fault: 'attachment-not-base64' },
      { state: 'delivered', delivered: 300_000 },
    ]);
  });

  it('fail their stream when the package ends too early', async () => {
    const content = await written(documentWith(), files());
    let failure: unknown;
    const result = await readPackage(Readable.from([content.subarray(0, 100_000)]), {
      now: NOW,
      onAttachment: (_meta, stream) => stream.toArray().catch((error: unknown) => (failure = error)),
    });
    expect(result).toMatchObject({ kind: 'unreadable', problem: { code: 'edxml.truncated' }, attachments: [] });
    expect(failure).toMatchObject({ code: 'edxml.attachment-broken' });
  });

  it('a failing sink or source ends the reading with its own error and leaves no temporary file', async () => {
    const spoolFolder = mkdtempSync(join(tmpdir(), 'edxml-spec-'));
    const content = await written(documentWith(), files());
    for (const failing of [0, 1]) {
      const onAttachment = ({ index }: { index: number }, stream: Readable): Promise<unknown> => {
        if (index === failing) throw new Error('kho tệp không trả lời');
        return stream.toArray();
      };
      await expect(readPackage(Readable.from([content]), { now: NOW, onAttachment, spoolFolder })).rejects.toThrow(
        'kho tệp không trả lời',
      );
    }
    async function* cut(): AsyncGenerator<Buffer> {
      yield content.subarray(0, content.length - 2000);
      throw new Error('mất kết nối');
    }
    await expect(readPackage(cut(), { now: NOW, spoolFolder })).rejects.toThrow('mất kết nối');
    await readPackage(Readable.from([content]), { now: NOW, spoolFolder });
    expect(readdirSync(spoolFolder)).toEqual([]);
    rmSync(spoolFolder, { recursive: true });
  });
});

describe('what makes a package the same one again', () => {
  it('R12 the axis’ id, else sender, document, operation and bytes', async () => {
    const content = await written(documentWith());
    const first = as('edoc', await read(content));
    expect(repeatKey(first)).toBe(repeatKey(as('edoc', await read(content, {}, 7))));
    expect(repeatKey(first)).not.toBe(repeatKey(as('edoc', await read(Buffer.concat([content, Buffer.from('\n')])))));
    expect(repeatKey(first, '852e179c')).toBe('axis:852e179c');
    const status = (code: string): Promise<string> =>
      read(writeStatusPackage(statusWith({ status: code }))).then((result) => repeatKey(as('status', result)));
    expect(await status('03')).toBe(await status('03'));
    expect(await status('03')).not.toBe(await status('04'));
  });
});

describe('findings (R13)', () => {
  it('have a severity and a text in both languages', () => {
    for (const [code, [severity, vi, en]] of Object.entries(FINDINGS)) {
      expect(code).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
      expect(['note', 'warning', 'fault']).toContain(severity);
      expect(vi.length * en.length).toBeGreaterThan(0);
    }
  });
});
