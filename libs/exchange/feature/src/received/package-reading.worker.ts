import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { readPackage } from '@qlvb/edxml';
import { answerWith } from '@qlvb/limited-process';
import type { PackageRead, ReadingOrder } from './package-reader.ts';

/* The process in which a package from outside is read: whatever it costs, the service goes on. */
answerWith(async ({ file, folder, announcedKind }: ReadingOrder): Promise<PackageRead> => {
  let count = 0;
  const result = await readPackage<string>(createReadStream(file), {
    announcedKind: announcedKind === 'status' ? 'status' : 'edoc',
    spoolFolder: folder,
    onAttachment: async (_meta, stream) => {
      const path = `${folder}/attachment-${(count += 1)}`;
      await pipeline(stream, createWriteStream(path));
      return path;
    },
  });
  if (result.kind !== 'unreadable') return result;
  const { problem, findings, attachments } = result;
  return { kind: 'unreadable', problem: { code: problem.code, detail: problem.detail('vi') }, findings, attachments };
});
