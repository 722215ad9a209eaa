import type { PlannedEntry } from '../planned-entry.ts';
import { uuidFrom, vietnamTime } from '../layout.ts';
import type { DossierPackage, Party } from '../model.ts';
import type { XmlWriter } from '../xml/write-xml.ts';

export const METS_NAMESPACES = {
  xmlns: 'http://www.loc.gov/METS/',
  'xmlns:xlink': 'http://www.w3.org/1999/xlink',
  'xmlns:csip': 'https://DILCIS.eu/XML/METS/CSIPExtensionMETS',
  'xmlns:sip': 'https://DILCIS.eu/XML/METS/SIPExtensionMETS',
} as const;

/** Ids of one METS file: the same element of the same package always gets the same id. */
export class MetsIds {
  readonly #scope: string;

  constructor(objectId: string, metsPath: string) {
    this.#scope = `${objectId}\u0000${metsPath}`;
  }

  of(role: string, name = ''): string {
    return `uuid-${uuidFrom(this.#scope, role, name)}`;
  }

  file(path: string): string {
    return `ID-${uuidFrom(this.#scope, 'file', path)}`;
  }
}

/**
 * Header: package type, the software that wrote it, fonds, exactly one submitting organisation, the receiving archive.
 *
 * @source PKG-2
 * @source ORC-7
 * @source ORC-9
 */
export function writeHeader(xml: XmlWriter, pack: DossierPackage): void {
  const header = {
    CREATEDATE: vietnamTime(pack.createdAt),
    LASTMODDATE: pack.modifiedAt && vietnamTime(pack.modifiedAt),
    RECORDSTATUS: pack.recordStatus,
    'csip:OAISPACKAGETYPE': pack.kind,
  };
  xml.element('metsHdr', header, () => {
    xml.element('agent', { ROLE: 'CREATOR', TYPE: 'OTHER', OTHERTYPE: 'SOFTWARE' }, () => {
      xml.element('name', {}, pack.software.name);
      xml.element('note', { 'csip:NOTETYPE': 'SOFTWARE VERSION' }, pack.software.version);
    });
    writeOrganisation(xml, 'ARCHIVIST', pack.fonds);
    writeOrganisation(xml, 'CREATOR', pack.submitter);
    writeOrganisation(xml, 'PRESERVATION', pack.preserver);
    if (pack.submissionAgreement !== undefined) {
      xml.element('altRecordID', { TYPE: 'SUBMISSIONAGREEMENT' }, pack.submissionAgreement);
    }
    xml.element('altRecordID', { TYPE: 'REFERENCECODE' }, pack.referenceCode);
  });
}

function writeOrganisation(xml: XmlWriter, role: string, party: Party): void {
  xml.element('agent', { ROLE: role, TYPE: 'ORGANIZATION' }, () => {
    xml.element('name', {}, party.name);
    xml.element('note', { 'csip:NOTETYPE': 'IDENTIFICATIONCODE' }, party.code);
  });
}

export interface MetadataReference {
  readonly entry: PlannedEntry;
  /** Path as the METS file sees it. */
  readonly href: string;
  readonly type: 'PREMIS' | 'OTHER';
  readonly otherType?: string;
}

/**
 * @source PKG-3
 * @source PKG-4
 */
export function writeMetadataReference(xml: XmlWriter, ids: MetsIds, reference: MetadataReference): void {
  const { entry, href, type, otherType } = reference;
  xml.element('mdRef', {
    ID: ids.of('mdRef', href),
    LOCTYPE: 'URL',
    'xlink:type': 'simple',
    'xlink:href': href,
    MDTYPE: type,
    OTHERMDTYPE: otherType,
    MDTYPEVERSION: type === 'PREMIS' ? '3.0' : undefined,
    MIMETYPE: entry.mimeType,
    SIZE: String(entry.sizeBytes),
    CREATED: vietnamTime(entry.createdAt),
    CHECKSUM: entry.sha256.toUpperCase(),
    CHECKSUMTYPE: 'SHA-256',
  });
}

export interface FileReference {
  readonly entry: PlannedEntry;
  readonly href: string;
  /** Id of the `dmdSec` that describes the file. */
  readonly describedBy?: string;
}

export function writeFileGroup(xml: XmlWriter, ids: MetsIds, use: string, files: readonly FileReference[]): void {
  xml.element('fileGrp', { ID: ids.of('fileGrp', use), USE: use }, () => {
    for (const { entry, href, describedBy } of files) {
      const attributes = {
        ID: ids.file(href),
        MIMETYPE: entry.mimeType,
        SIZE: String(entry.sizeBytes),
        CREATED: vietnamTime(entry.createdAt),
        CHECKSUM: entry.sha256.toUpperCase(),
        CHECKSUMTYPE: 'SHA-256',
        DMDID: describedBy,
      };
      xml.element('file', attributes, () =>
        xml.element('FLocat', { LOCTYPE: 'URL', 'xlink:type': 'simple', 'xlink:href': href }),
      );
    }
  });
}
