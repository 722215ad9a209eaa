import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { Controller, Injectable, Module } from '@nestjs/common';
import { z } from 'zod';
import { currentContext } from '@qlvb/platform-context';
import { defineProblem } from '@qlvb/shared-domain';
import { instant, keysetPage, operation, Operation, pageOf, pageQuery } from '@qlvb/platform-http';
import type { Client, Download, Input, Page, ServerEvent } from '@qlvb/platform-http';
import { FakeCommandStore, KeyReused } from './fake-command-store.ts';

export const NoteNotFound = defineProblem({
  code: 'notes.note-missing',
  kind: 'not-found',
  source: 'TEST-1',
  title: { vi: 'Không có ghi chú', en: 'Note missing' },
  detail: { vi: 'Không có ghi chú này.', en: 'There is no such note.' },
});

const NoteInput = z
  .object({
    title: z.string().min(1).max(100),
    tags: z.array(z.string().max(10)).max(5).default([]),
    author: z.object({ unit: z.string().max(20) }).optional(),
  })
  .meta({ id: 'Note' });

const NoteView = z
  .object({ id: z.string(), title: z.string(), version: z.int(), createdAt: instant() })
  .meta({ id: 'NoteView' });

const createNote = operation({
  id: 'addNotes',
  method: 'POST',
  path: '/notes',
  summary: { vi: 'Tạo ghi chú', en: 'Create a note' },
  permission: 'notes.note.create',
  idempotent: true,
  etag: 'returns',
  body: NoteInput,
  problems: [KeyReused],
  response: { status: 201, schema: NoteView },
});

@Injectable()
export class Notes {
  created = 0;
  readonly seen: unknown[] = [];
}

@Controller()
export class NotesController {
  constructor(
    private readonly notes: Notes,
    private readonly store: FakeCommandStore,
  ) {}

  @Operation(createNote)
  create({ body, actor }: Input<typeof createNote>) {
    return this.store.command(actor.userId, async () => {
      await Promise.resolve();
      this.notes.created += 1;
      this.notes.seen.push(body);
      return {
        id: String(this.notes.created),
        title: body.title,
        version: 1,
        createdAt: new Date('2026-11-23T02:00:00Z'),
        internalRemark: 'stays inside',
      };
    });
  }

  @Operation({
    id: 'getNotes',
    method: 'GET',
    path: '/notes',
    summary: 'Danh sách ghi chú',
    permission: ['notes.note.read', 'notes.note.create'],
    query: z.object({ ...pageQuery, unread: z.boolean().optional(), tag: z.array(z.string()).default([]) }),
    response: { status: 200, schema: pageOf(NoteView) },
  })
  list({
    query,
  }: {
    query: { limit: number; cursor?: string | undefined; unread?: boolean | undefined; tag: string[] };
  }): Promise<Page<z.input<typeof NoteView>>> {
    this.notes.seen.push(query);
    const note = (index: number) => ({ id: String(index), title: 'x', version: 1, createdAt: new Date(0) });
    return keysetPage(query, {
      scope: { tag: query.tag },
      keys: z.tuple([z.string()]),
      query: () => ({
        take: (limit) => Promise.resolve(Array.from({ length: limit }, (_, index) => note(index))),
        count: (limit) => Promise.resolve(limit),
      }),
      keysOf: (row) => [row.id],
    });
  }

  @Operation({
    id: 'getNotesOne',
    method: 'GET',
    path: '/notes/:id',
    summary: 'Đọc ghi chú',
    authenticated: true,
    params: z.object({ id: z.string().max(36) }),
    etag: 'returns',
    response: { status: 200, schema: NoteView },
    problems: [NoteNotFound],
  })
  read({ params }: { params: { id: string } }): z.input<typeof NoteView> {
    if (params.id === 'boom') throw new Error('secret detail: SELECT * FROM notes');
    if (params.id === 'broken') return { id: 'broken' } as never;
    if (params.id !== '1') throw NoteNotFound({ id: params.id });
    return { id: '1', title: 'Một', version: 7, createdAt: '2026-11-23T02:00:00Z' };
  }

  @Operation({
    id: 'changeNotes',
    method: 'PATCH',
    path: '/notes/:id',
    summary: 'Sửa ghi chú',
    permission: 'notes.note.create',
    params: z.object({ id: z.string().max(36) }),
    body: NoteInput.pick({ title: true }),
    etag: 'requires',
  })
  edit({ ifMatch, client }: { ifMatch: number; client: Client }): void {
    this.notes.seen.push(client.address, ifMatch);
  }

  @Operation({
    id: 'copyNotes',
    method: 'POST',
    path: '/notes/:id/copies',
    summary: 'Chép ghi chú',
    permission: 'notes.note.create',
    params: z.object({ id: z.string().max(36) }),
    body: z.object({ times: z.int().max(5).default(1), tag: z.string().optional() }),
  })
  copy({ body }: { body: { times: number } }): void {
    this.notes.seen.push(body);
  }

  @Operation({
    id: 'removeNotes',
    method: 'DELETE',
    path: '/notes/:id',
    summary: 'Xóa ghi chú',
    permission: 'notes.note.create',
    params: z.object({ id: z.string().max(36) }),
  })
  remove(): void {
    this.notes.seen.push('removed');
  }

  @Operation({
    id: 'addFiles',
    method: 'POST',
    path: '/files',
    summary: 'Tải tệp lên',
    permission: 'notes.note.create',
    upload: { maxBytes: 100_000, mediaTypes: ['application/pdf', 'application/octet-stream'] },
    response: { status: 201, schema: z.object({ sha256: z.string(), sizeBytes: z.int() }) },
  })
  async upload({ upload }: { upload: { stream: Readable } }) {
    const hash = createHash('sha256');
    let sizeBytes = 0;
    for await (const chunk of upload.stream as AsyncIterable<Buffer>) {
      sizeBytes += chunk.length;
      hash.update(chunk);
    }
    return { sha256: hash.digest('hex'), sizeBytes };
  }

  @Operation({
    id: 'getFiles',
    method: 'GET',
    path: '/files/:id',
    summary: 'Tải tệp xuống',
    public: true,
    params: z.object({ id: z.string() }),
    download: { mediaTypes: ['application/pdf'] },
  })
  download(): Download {
    const bytes = Buffer.from('0123456789');
    return {
      fileName: 'Quyết định "số 1".pdf',
      mediaType: 'application/pdf',
      sizeBytes: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      open: (range) => Readable.from([range ? bytes.subarray(range.start, range.end + 1) : bytes]),
    };
  }

  @Operation({
    id: 'getInboxEvents',
    method: 'GET',
    path: '/inbox/events',
    summary: 'Theo dõi',
    public: true,
    events: z.object({ n: z.int() }),
  })
  async *events({
    lastEventId,
    signal,
  }: {
    lastEventId: string | undefined;
    signal: AbortSignal;
  }): AsyncGenerator<ServerEvent<{ n: number }>> {
    for (let n = Number(lastEventId ?? 0) + 1; !signal.aborted; n += 1) {
      yield { id: String(n), event: 'note', data: { n } };
      await wait(20);
    }
  }

  @Operation({
    id: 'getSlow',
    method: 'GET',
    path: '/slow/:ms',
    summary: 'Chậm',
    public: true,
    params: z.object({ ms: z.int() }),
    response: { status: 200, schema: z.object({ traceparent: z.string() }) },
    timeoutMs: 1_500,
  })
  async slow({ params }: { params: { ms: number } }) {
    await wait(params.ms);
    return { traceparent: currentContext()?.traceparent ?? '' };
  }
}

@Module({ controllers: [NotesController], providers: [Notes, FakeCommandStore] })
export class NotesModule {}
