import { Controller, Inject } from '@nestjs/common';
import { operation, Operation } from '@qlvb/platform-http';
import { LIMITS } from '@qlvb/records';
import type { Input } from '@qlvb/platform-http';
import {
  ArchivePathUnsafe,
  ArchiveTooLarge,
  FileEmpty,
  FileEncrypted,
  FileInfected,
  FileNameInvalid,
  FileTooLarge,
  FileUnreadable,
  FormatMismatch,
  FormatNotAllowed,
  PdfChecksBusy,
  PdfTooComplexToRead,
  PdfTooOld,
  PdfWithoutPage,
  ScannerUnavailable,
  FileBytesLost,
} from '@qlvb/platform-storage';
import { z } from 'zod';
import { FileNotFound } from './files.problems.ts';
import { FilesService, FileView } from './files.service.ts';

/** A Vietnamese letter that comes with its marks apart. */
const MOST_CODE_POINTS = 3;

const upload = operation({
  id: 'uploadFile',
  method: 'POST',
  path: '/files',
  tag: 'files',
  summary: { vi: 'Tải tệp lên', en: 'Upload a file' },
  permission: 'files.upload',
  idempotent: true,
  query: z.object({
    name: z
      .string()
      .min(1)
      .max(LIMITS.file.nameCharacters * MOST_CODE_POINTS)
      .describe('Name of the file with its extension'),
  }),
  upload: { maxBytes: LIMITS.file.bytes, mediaTypes: ['*'] },
  response: { status: 201, schema: FileView },
  problems: [
    ArchivePathUnsafe,
    ArchiveTooLarge,
    FileEmpty,
    FileEncrypted,
    FileInfected,
    FileNameInvalid,
    FileTooLarge,
    FileUnreadable,
    FormatMismatch,
    FormatNotAllowed,
    PdfChecksBusy,
    PdfTooComplexToRead,
    PdfTooOld,
    PdfWithoutPage,
    ScannerUnavailable,
  ],
});

const get = operation({
  id: 'getFile',
  method: 'GET',
  path: '/files/:fileId',
  tag: 'files',
  summary: { vi: 'Thông tin tệp', en: 'What is known of a file' },
  permission: 'files.read',
  params: z.object({ fileId: z.uuid() }),
  response: { status: 200, schema: FileView },
  problems: [FileNotFound],
});

const content = operation({
  id: 'downloadFile',
  method: 'GET',
  path: '/files/:fileId/content',
  tag: 'files',
  summary: { vi: 'Nội dung tệp', en: 'Content of a file' },
  permission: 'files.read',
  params: z.object({ fileId: z.uuid() }),
  download: { mediaTypes: ['*/*'] },
  problems: [FileNotFound, FileBytesLost],
});

@Controller()
export class FilesController {
  constructor(@Inject(FilesService) private readonly files: FilesService) {}

  @Operation(upload)
  upload({ query, upload: body, actor }: Input<typeof upload>) {
    return this.files.store(query.name, body, actor);
  }

  @Operation(get)
  get({ params, actor }: Input<typeof get>) {
    return this.files.get(params.fileId, actor);
  }

  @Operation(content)
  content({ params, actor }: Input<typeof content>) {
    return this.files.open(params.fileId, actor);
  }
}
