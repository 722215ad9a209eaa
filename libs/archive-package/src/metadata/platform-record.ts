import { writeXml } from '../xml/write-xml.ts';
import { child, childrenOf } from '../xml/read-xml.ts';
import type { XmlElement } from '../xml/read-xml.ts';

export const PLATFORM_NAMESPACE = 'urn:vn:qlvb:archive:dossier:1';

/** What the circular's tables cannot hold: the exact retention rule and its version, ids and codes valid at the time. */
export interface PlatformRecord {
  readonly dossierId: string;
  readonly agency: { readonly id: string; readonly code: string; readonly name: string };
  readonly retention: {
    readonly rule: string;
    readonly basis: string;
    readonly version: string;
    readonly term: string;
  };
  /** Number and symbol in the dossier list that the dossier was opened from. */
  readonly listNotation?: string;
  readonly closedOn: string;
  readonly documents: readonly { readonly docCode: string; readonly documentId: string }[];
}

export function writePlatformRecord(record: PlatformRecord): Buffer {
  const { agency, retention } = record;
  return writeXml((xml) =>
    xml.element('dossier', { xmlns: PLATFORM_NAMESPACE, id: record.dossierId }, () => {
      xml.element('agency', { id: agency.id, code: agency.code }, agency.name);
      xml.element(
        'retention',
        { rule: retention.rule, basis: retention.basis, version: retention.version },
        retention.term,
      );
      if (record.listNotation !== undefined) xml.element('listNotation', {}, record.listNotation);
      xml.element('closedOn', {}, record.closedOn);
      for (const document of record.documents) {
        xml.element('document', { docCode: document.docCode, id: document.documentId });
      }
    }),
  );
}

/** The record of a `QLVB.xml`, or undefined when the document is not one. */
export function readPlatformRecord(root: XmlElement): PlatformRecord | undefined {
  const agency = child(root, 'agency');
  const retention = child(root, 'retention');
  const closedOn = child(root, 'closedOn');
  if (root.uri !== PLATFORM_NAMESPACE || !agency || !retention || !closedOn) return undefined;
  const listNotation = child(root, 'listNotation')?.text;
  return {
    dossierId: root.attributes['id'] ?? '',
    agency: { id: agency.attributes['id'] ?? '', code: agency.attributes['code'] ?? '', name: agency.text },
    retention: {
      rule: retention.attributes['rule'] ?? '',
      basis: retention.attributes['basis'] ?? '',
      version: retention.attributes['version'] ?? '',
      term: retention.text,
    },
    ...(listNotation === undefined ? {} : { listNotation }),
    closedOn: closedOn.text,
    documents: childrenOf(root, 'document').map(({ attributes }) => ({
      docCode: attributes['docCode'] ?? '',
      documentId: attributes['id'] ?? '',
    })),
  };
}

export function platformRecordSchema(): Buffer {
  const attribute = (name: string) => ({ name, type: 'xs:string', use: 'required' });
  return writeXml((xml) => {
    const withAttributes = (name: string, names: readonly string[], occurs: Record<string, string> = {}): void =>
      xml.element('xs:element', { name, ...occurs }, () =>
        xml.element('xs:complexType', {}, () =>
          xml.element('xs:simpleContent', {}, () =>
            xml.element('xs:extension', { base: 'xs:string' }, () => {
              for (const each of names) xml.element('xs:attribute', attribute(each));
            }),
          ),
        ),
      );
    xml.element(
      'xs:schema',
      {
        'xmlns:xs': 'http://www.w3.org/2001/XMLSchema',
        targetNamespace: PLATFORM_NAMESPACE,
        elementFormDefault: 'qualified',
      },
      () =>
        xml.element('xs:element', { name: 'dossier' }, () =>
          xml.element('xs:complexType', {}, () => {
            xml.element('xs:sequence', {}, () => {
              withAttributes('agency', ['id', 'code']);
              withAttributes('retention', ['rule', 'basis', 'version']);
              xml.element('xs:element', { name: 'listNotation', type: 'xs:string', minOccurs: '0' });
              xml.element('xs:element', { name: 'closedOn', type: 'xs:date' });
              withAttributes('document', ['docCode', 'id'], { minOccurs: '0', maxOccurs: 'unbounded' });
            });
            xml.element('xs:attribute', attribute('id'));
          }),
        ),
    );
  });
}
