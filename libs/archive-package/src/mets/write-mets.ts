import type { DossierPackage } from '../model.ts';
import type { PlannedEntry } from '../planned-entry.ts';
import { vietnamTime } from '../layout.ts';
import { writeXml } from '../xml/write-xml.ts';
import type { XmlWriter } from '../xml/write-xml.ts';
import { METS_NAMESPACES, MetsIds, writeFileGroup, writeHeader, writeMetadataReference } from './mets-parts.ts';
import type { MetadataReference } from './mets-parts.ts';
import { renderedIdentity, REPRESENTATION } from './profile.ts';

export interface RepresentationContents {
  readonly documents: readonly { readonly description: PlannedEntry; readonly files: readonly PlannedEntry[] }[];
  readonly premis: PlannedEntry | undefined;
}

export interface RootContents {
  readonly dossier: PlannedEntry;
  readonly platformRecord: PlannedEntry | undefined;
  readonly premis: PlannedEntry | undefined;
  readonly other: readonly PlannedEntry[];
  readonly documentation: readonly PlannedEntry[];
  readonly schemas: readonly PlannedEntry[];
  readonly representationMets: PlannedEntry;
}

const REPRESENTATION_FOLDER = `representations/${REPRESENTATION}/`;

/**
 * METS of the representation: each document's description, its files, the digests of both.
 *
 * @source ORC-6
 */
export function writeRepresentationMets(pack: DossierPackage, contents: RepresentationContents): Buffer {
  const identity = renderedIdentity(pack);
  const ids = new MetsIds(pack.objectId, `${REPRESENTATION_FOLDER}METS.xml`);
  const within = (entry: PlannedEntry): string => entry.path.slice(REPRESENTATION_FOLDER.length);
  const descriptions = contents.documents.map(({ description }) =>
    descriptiveSection(ids, {
      entry: description,
      href: within(description),
      type: 'OTHER',
      otherType: 'TT05-EAD_doc',
    }),
  );
  const premis = contents.premis && provenanceSection(ids, contents.premis, within(contents.premis));
  const files = contents.documents.flatMap((document, index) =>
    document.files.map((entry) => ({ entry, href: within(entry), describedBy: descriptions[index]?.id ?? '' })),
  );
  return writeMets(pack, { objectId: REPRESENTATION, profile: identity.representationProfile }, (xml) => {
    for (const description of descriptions) description.write(xml);
    premis?.write(xml);
    xml.element('fileSec', { ID: ids.of('fileSec') }, () => writeFileGroup(xml, ids, 'Data', files));
    writeStructure(xml, ids, REPRESENTATION, identity.divisionType, () => {
      writeMetadataDivision(xml, ids, descriptions, premis ? [premis] : []);
      writeGroupDivision(xml, ids, 'Data');
    });
  });
}

/** METS of the package: what describes the whole, and the way to the representation. */
export function writeRootMets(pack: DossierPackage, contents: RootContents): Buffer {
  const identity = renderedIdentity(pack);
  const ids = new MetsIds(pack.objectId, 'METS.xml');
  const whole = (entry: PlannedEntry) => ({ entry, href: entry.path });
  const descriptions = [
    descriptiveSection(ids, { ...whole(contents.dossier), type: 'OTHER', otherType: 'TT05-EAD' }),
    ...(contents.platformRecord
      ? [descriptiveSection(ids, { ...whole(contents.platformRecord), type: 'OTHER', otherType: 'QLVB' })]
      : []),
  ];
  const provenance = contents.premis ? [provenanceSection(ids, contents.premis, contents.premis.path)] : [];
  const other = contents.other.map((entry) => sourceSection(ids, entry));
  const representation = `Representations/${REPRESENTATION}`;
  return writeMets(pack, { objectId: identity.objectId, profile: identity.rootProfile }, (xml) => {
    for (const section of [...descriptions, ...provenance, ...other]) section.write(xml);
    xml.element('fileSec', { ID: ids.of('fileSec') }, () => {
      writeFileGroup(xml, ids, 'Documentation', contents.documentation.map(whole));
      writeFileGroup(xml, ids, 'Schemas', contents.schemas.map(whole));
      writeFileGroup(xml, ids, representation, [whole(contents.representationMets)]);
    });
    writeStructure(xml, ids, identity.objectId, undefined, () => {
      writeMetadataDivision(xml, ids, descriptions, [...provenance, ...other]);
      writeGroupDivision(xml, ids, 'Documentation');
      writeGroupDivision(xml, ids, 'Schemas');
      xml.element('div', { ID: ids.of('div', representation), LABEL: representation }, () =>
        xml.element('mptr', {
          LOCTYPE: 'URL',
          'xlink:type': 'simple',
          'xlink:href': contents.representationMets.path,
          'xlink:title': ids.of('fileGrp', representation),
        }),
      );
    });
  });
}

function writeMets(
  pack: DossierPackage,
  root: { objectId: string; profile: string },
  write: (xml: XmlWriter) => void,
): Buffer {
  const attributes = {
    ...METS_NAMESPACES,
    OBJID: root.objectId,
    TYPE: 'Mixed',
    LABEL: pack.dossier['title'],
    'csip:CONTENTINFORMATIONTYPE': 'MIXED',
    PROFILE: root.profile,
  };
  return writeXml((xml) =>
    xml.element('mets', attributes, () => {
      writeHeader(xml, pack);
      write(xml);
    }),
  );
}

interface Section {
  readonly id: string;
  write(xml: XmlWriter): void;
}

function descriptiveSection(ids: MetsIds, reference: MetadataReference): Section {
  const id = ids.of('dmdSec', reference.href);
  return {
    id,
    write: (xml) => {
      const attributes = { ID: id, CREATED: vietnamTime(reference.entry.createdAt), STATUS: 'CURRENT' };
      xml.element('dmdSec', attributes, () => writeMetadataReference(xml, ids, reference));
    },
  };
}

/**
 * @source AIPM5
 * @source AIPM6
 */
const provenanceSection = (ids: MetsIds, entry: PlannedEntry, href: string): Section =>
  administrativeSection(ids, 'digiprovMD', { entry, href, type: 'PREMIS' });

/**
 * Metadata that came with the package handed in, kept as received.
 *
 * @source PKG-10
 */
const sourceSection = (ids: MetsIds, entry: PlannedEntry): Section =>
  administrativeSection(ids, 'digiprovMD', { entry, href: entry.path, type: 'OTHER', otherType: 'AS-RECEIVED' });

function administrativeSection(ids: MetsIds, element: string, reference: MetadataReference): Section {
  const id = ids.of(element, reference.href);
  return {
    id,
    write: (xml) =>
      xml.element('amdSec', { ID: ids.of('amdSec', reference.href) }, () =>
        xml.element(element, { ID: id, STATUS: 'CURRENT', CREATED: vietnamTime(reference.entry.createdAt) }, () =>
          writeMetadataReference(xml, ids, reference),
        ),
      ),
  };
}

function writeStructure(
  xml: XmlWriter,
  ids: MetsIds,
  label: string,
  type: string | undefined,
  write: () => void,
): void {
  xml.element('structMap', { ID: ids.of('structMap'), TYPE: 'PHYSICAL', LABEL: 'CSIP' }, () =>
    xml.element('div', { ID: ids.of('div'), LABEL: label, TYPE: type }, write),
  );
}

function writeMetadataDivision(
  xml: XmlWriter,
  ids: MetsIds,
  descriptions: readonly Section[],
  administration: readonly Section[],
): void {
  const list = (sections: readonly Section[]): string | undefined =>
    sections.length === 0 ? undefined : sections.map((section) => section.id).join(' ');
  xml.element('div', {
    ID: ids.of('div', 'Metadata'),
    LABEL: 'Metadata',
    DMDID: list(descriptions),
    ADMID: list(administration),
  });
}

function writeGroupDivision(xml: XmlWriter, ids: MetsIds, use: string): void {
  xml.element('div', { ID: ids.of('div', use), LABEL: use }, () =>
    xml.element('fptr', { FILEID: ids.of('fileGrp', use) }),
  );
}
