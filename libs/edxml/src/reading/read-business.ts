import { businessType, RECEIVER_CHANGES } from '../codes/code-lists.ts';
import type { Loose, ReceivedBusiness, ReceiverChanged, ReplacedDocument } from '../package/model.ts';
import type { Element } from '../xml/element.ts';
import { Group, said } from './group.ts';
import type { Reading } from './group.ts';
import { readContact } from './read-common.ts';

/** In the standard's spelling and in the right one. */
const spelt = (name: string): string => name.replace('Bussiness', 'Business');

/**
 * Nghiệp vụ. It may stand before, after or within the trace. None at all means a new document; a number outside the list is kept and shown
 * to the clerk, never taken for something else.
 *
 * @source R8
 * @source D2
 * @source D7
 */
export function readBusiness(element: Element | undefined, reading: Reading): ReceivedBusiness {
  const group = new Group(element, 'TraceHeaderList.Bussiness', reading);
  const text = group.text('BussinessDocType', { alias: [spelt('BussinessDocType')] });
  const type = text === undefined ? 'new' : businessType(Number(text));
  if (text === undefined) reading.note('business-type-missing', `${group.path}.BussinessDocType`);
  if (type === undefined) reading.note('business-type-unknown', `${group.path}.BussinessDocType`, text);
  const info = group.group('BussinessDocumentInfo', spelt('BussinessDocumentInfo'));
  const reason = { alias: [spelt('BussinessDocReason')], limit: 'Bussiness.BussinessDocReason' } as const;
  return {
    ...said({
      type,
      code: text,
      documentId: group.text('DocumentId', { limit: 'Bussiness.DocumentId' }),
      reason: group.text('BussinessDocReason', reason),
      isPaperSent: group.flag('Paper'),
      contact: readContact(group.group('StaffInfo')),
      isDocumentChanged: info.flag('DocumentInfo'),
      areRecipientsChanged: info.flag('DocumentReceiver'),
    }),
    receivers: info.group('ReceiverList').groups('Receiver').map(readReceiver),
    replaced: group.group('ReplacementInfoList').groups('ReplacementInfo').map(readReplaced),
  };
}

function readReceiver(group: Group): Loose<ReceiverChanged> {
  const text = group.text('ReceiverType');
  const change = RECEIVER_CHANGES.find(({ code }) => String(code) === text)?.key;
  if (change === undefined) group.reading.note('value-not-allowed', `${group.path}.ReceiverType`, text);
  return said({ agencyCode: group.text('OrganId', { isRequired: true }), change });
}

function readReplaced(group: Group): Loose<ReplacedDocument> {
  return said({
    documentId: group.text('DocumentId', { isRequired: true }),
    agencyCodes: group.group('OrganIdList').texts('OrganId'),
  });
}
