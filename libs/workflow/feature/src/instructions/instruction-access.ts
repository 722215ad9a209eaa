import type { VisibleDocuments } from '@qlvb/document-access';
import type { Actor } from '@qlvb/platform-context';
import type { SelectQueryBuilder } from 'typeorm';
import type { InstructionEntity } from './instruction.entity.ts';

/**
 * The instructions on a document are seen by those who may see the document, and by whoever was given part of the work: he
 * reads all of them, as on the handling slip, also before the document's owner has heard of his part; not once the document was
 * withdrawn from him by hand.
 *
 * @source SEC-Z02
 * @source SEC-Z05
 * @source NĐ30-PL6-F3b
 */
export const onlyVisible = (
  builder: SelectQueryBuilder<InstructionEntity>,
  alias: string,
  { where, withdrawn, parameters }: VisibleDocuments,
  { userId }: Actor,
): SelectQueryBuilder<InstructionEntity> =>
  builder.andWhere(
    `(${where(alias)} OR NOT ${withdrawn(`${alias}.documentId`)} AND EXISTS (SELECT 1 FROM instruction part
      WHERE part.document_id = ${alias}.documentId AND (:taker IN (part.lead->>'userId', part.follow_up->>'userId',
        part.issued_by->>'userId') OR part.co_handlers @> jsonb_build_array(jsonb_build_object('userId', :taker::text)))))`,
    { ...parameters, taker: userId },
  );
