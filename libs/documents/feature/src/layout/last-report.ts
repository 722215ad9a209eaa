import type { EntityManager } from 'typeorm';
import type { OutgoingDocument } from '../outgoing/outgoing.entities.ts';
import { LayoutReportEntity } from './layout-report.entity.ts';

/** The newest report on the document as it is now: its version and the bytes of its main file. */
export const lastReport = (
  manager: EntityManager,
  { id: documentId, draftVersion, files: [main] }: OutgoingDocument,
): Promise<LayoutReportEntity | null> =>
  main
    ? manager.findOne(LayoutReportEntity, {
        where: { documentId, draftVersion, objectKey: main.objectKey },
        order: { createdAt: 'DESC', id: 'DESC' },
      })
    : Promise.resolve(null);
