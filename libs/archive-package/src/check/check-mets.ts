import { child, childrenOf } from '../xml/read-xml.ts';
import type { XmlElement } from '../xml/read-xml.ts';
import type { Mets, MetsReference } from '../mets/read-mets.ts';
import type { Report } from './finding.ts';

export interface MetsCheck {
  readonly mets: Mets;
  /** Path of the METS file in the package. */
  readonly path: string;
  /** Name of the folder it lies in. */
  readonly folder: string;
  readonly isRoot: boolean;
}

const XLINK = '{http://www.w3.org/1999/xlink}';
const TYPES = ['Mixed', 'Collection', 'Other', 'Databases', 'Textual works', 'Text'];
const PACKAGE_TYPES = ['SIP', 'AIP', 'DIP', 'AIU', 'AIC'];

/**
 * The MUST rules of E-ARK CSIP, SIP and AIP 2.2.0 on one METS file, each reported under its own id.
 *
 * @source CSIP1
 */
export function checkMets({ mets, path, folder, isRoot }: MetsCheck, report: Report): void {
  const must = (holds: boolean, rule: string, detail: string): void => {
    if (!holds) report({ code: 'STRUCTURE', level: 'error', rule, path, detail });
  };
  const should = (holds: boolean, rule: string, detail: string): void => {
    if (!holds) report({ code: 'STRUCTURE', level: 'warning', rule, path, detail });
  };
  must(mets.objectId === folder, 'CSIP1', `OBJID is ${mets.objectId ?? 'absent'}, the folder ${folder}`);
  must(TYPES.includes(mets.type ?? ''), 'CSIP2', `TYPE is ${mets.type ?? 'absent'}`);
  should(mets.contentInformationType !== undefined, 'CSIP4', 'CONTENTINFORMATIONTYPE is absent');
  must(mets.profile !== undefined, 'CSIP6', 'PROFILE is absent');
  checkHeader(mets, must);
  checkProfile(mets, must);
  for (const reference of mets.metadata) checkMetadata(reference, must);
  if (mets.header?.packageType === 'AIP' && isRoot) {
    const premis = mets.metadata.filter((reference) => reference.kind === 'digiprovMD');
    must(premis.length > 0, 'AIPM5', 'digital provenance is not referenced');
    should(
      premis.some((reference) => reference.metadataType === 'PREMIS'),
      'AIPM6',
      'no provenance of type PREMIS',
    );
  }
  checkFiles(mets, must);
  checkStructure(mets, isRoot, must, should);
}

type Demand = (holds: boolean, rule: string, detail: string) => void;

function checkHeader({ header }: Mets, must: Demand): void {
  must(header !== undefined, 'CSIP117', 'metsHdr is absent');
  if (!header) return;
  must(header.created !== undefined, 'CSIP7', 'CREATEDATE is absent');
  must(
    PACKAGE_TYPES.includes(header.packageType ?? ''),
    'CSIP9',
    `OAISPACKAGETYPE is ${header.packageType ?? 'absent'}`,
  );
  const creators = header.agents.filter((agent) => agent.role === 'CREATOR');
  const software = creators.filter((agent) => agent.type === 'OTHER' && agent.otherType === 'SOFTWARE');
  must(software.length > 0, 'CSIP10', 'no software agent');
  for (const agent of software) {
    must(agent.name !== '', 'CSIP14', 'the software agent has no name');
    must(agent.notes.length === 1, 'CSIP15', 'the software agent needs exactly one note');
    must(agent.notes[0]?.type === 'SOFTWARE VERSION', 'CSIP16', 'the note is not typed SOFTWARE VERSION');
  }
  if (header.packageType === 'SIP') {
    const submitters = creators.filter((agent) => agent.type !== 'OTHER');
    must(submitters.length === 1, 'SIP15', `${submitters.length} submitting agents`);
    must(
      submitters.every((agent) => agent.type === 'ORGANIZATION' || agent.type === 'INDIVIDUAL'),
      'SIP17',
      'the submitting agent is neither organisation nor individual',
    );
    must(
      submitters.every((agent) => agent.name !== ''),
      'SIP18',
      'the submitting agent has no name',
    );
  }
}

const PROFILES: Readonly<Record<string, { readonly rule: string; readonly pattern: RegExp }>> = {
  SIP: { rule: 'SIP2', pattern: /^https:\/\/earksip\.dilcis\.eu\/profile\/E-ARK-SIP(?:-v2-[012]-[0-9])?\.xml$/ },
  AIP: { rule: 'AIPM2', pattern: /\/profile\/E-ARK-AIP(?:-v2-[012]-[0-9])?\.xml$/ },
};

function checkProfile({ profile, header }: Mets, must: Demand): void {
  const expected = PROFILES[header?.packageType ?? ''];
  if (expected && profile !== undefined) must(expected.pattern.test(profile), expected.rule, `PROFILE is ${profile}`);
}

/** The nine attributes of an `mdRef`; the rules of the two administrative sections are the same, 14 and 27 ids later. */
function checkMetadata(reference: MetsReference, must: Demand): void {
  const shift = { dmdSec: 0, digiprovMD: 14, rightsMD: 27 }[reference.kind as string];
  if (shift === undefined) return;
  const rule = (id: number): string => `CSIP${id + shift}`;
  const where = reference.href ?? reference.id ?? reference.kind;
  must(
    reference.id !== undefined,
    { dmdSec: 'CSIP18', digiprovMD: 'CSIP33', rightsMD: 'CSIP46' }[reference.kind as string] ?? '',
    `${where} has no ID`,
  );
  if (reference.kind === 'dmdSec') must(reference.sectionCreated !== undefined, 'CSIP19', `${where} has no CREATED`);
  must(reference.locationType === 'URL', rule(22), `${where}: LOCTYPE is not URL`);
  must(reference.linkType === 'simple', rule(23), `${where}: xlink:type is not simple`);
  must(reference.href !== undefined, rule(24), `${where}: xlink:href is absent`);
  must(reference.metadataType !== undefined, rule(25), `${where}: MDTYPE is absent`);
  must(reference.mimeType !== undefined, rule(26), `${where}: MIMETYPE is absent`);
  must(/^\d+$/.test(reference.size ?? ''), rule(27), `${where}: SIZE is absent`);
  must(reference.created !== undefined, rule(28), `${where}: CREATED is absent`);
  must(reference.checksum !== undefined, rule(29), `${where}: CHECKSUM is absent`);
  must(reference.checksumType === 'SHA-256', rule(30), `${where}: CHECKSUMTYPE is not SHA-256`);
}

function checkFiles(mets: Mets, must: Demand): void {
  must(mets.groups.length === 0 || mets.fileSectionId !== undefined, 'CSIP59', 'fileSec has no ID');
  for (const group of mets.groups) {
    const name = group.use ?? group.id ?? 'a group';
    must(group.use !== undefined, 'CSIP64', `${name} has no USE`);
    must(group.id !== undefined, 'CSIP65', `${name} has no ID`);
    must(group.files.length > 0, 'CSIP66', `${name} has no file`);
    for (const file of group.files) {
      const where = file.href ?? file.id ?? name;
      must(file.id !== undefined, 'CSIP67', `${where} has no ID`);
      must(file.mimeType !== undefined, 'CSIP68', `${where}: MIMETYPE is absent`);
      must(/^\d+$/.test(file.size ?? ''), 'CSIP69', `${where}: SIZE is absent`);
      must(file.created !== undefined, 'CSIP70', `${where}: CREATED is absent`);
      must(file.checksum !== undefined, 'CSIP71', `${where}: CHECKSUM is absent`);
      must(file.checksumType === 'SHA-256', 'CSIP72', `${where}: CHECKSUMTYPE is not SHA-256`);
      must(file.locationType === 'URL', 'CSIP77', `${where}: LOCTYPE is not URL`);
      must(file.linkType === 'simple', 'CSIP78', `${where}: xlink:type is not simple`);
      must(file.href !== undefined, 'CSIP79', `${where}: xlink:href is absent`);
    }
  }
}

function checkStructure(mets: Mets, isRoot: boolean, must: Demand, should: Demand): void {
  const structure = mets.structures.find((map) => map.attributes['LABEL'] === 'CSIP');
  must(structure !== undefined, 'CSIP82', 'no structMap labelled CSIP');
  if (!structure) return;
  must(structure.attributes['TYPE'] === 'PHYSICAL', 'CSIP81', 'the structMap is not PHYSICAL');
  must(structure.attributes['ID'] !== undefined, 'CSIP83', 'the structMap has no ID');
  const root = child(structure, 'div');
  must(root !== undefined, 'CSIP84', 'the structMap has no root division');
  if (!root) return;
  must(root.attributes['ID'] !== undefined, 'CSIP85', 'the root division has no ID');
  const divisions = childrenOf(root, 'div');
  const metadata = divisions.find((div) => div.attributes['LABEL'] === 'Metadata');
  must(metadata !== undefined, 'CSIP88', 'no division Metadata');
  must(metadata === undefined || metadata.attributes['ID'] !== undefined, 'CSIP89', 'division Metadata has no ID');
  const groupIds = new Set(mets.groups.map((group) => group.id));
  for (const division of divisions) {
    for (const pointer of childrenOf(division, 'fptr')) {
      must(groupIds.has(pointer.attributes['FILEID']), 'CSIP116', 'a pointer names no file group');
    }
  }
  if (!isRoot) return;
  for (const [use, rule] of [
    ['Documentation', 'CSIP60'],
    ['Schemas', 'CSIP113'],
  ] as const) {
    should(
      mets.groups.some((group) => group.use === use),
      rule,
      `no file group ${use}`,
    );
  }
  const representations = divisions.filter((div) => div.attributes['LABEL']?.startsWith('Representations/'));
  must(representations.length > 0, 'CSIP105', 'no representation');
  for (const division of representations) checkRepresentation(division, groupIds, must);
}

function checkRepresentation(division: XmlElement, groupIds: ReadonlySet<string | undefined>, must: Demand): void {
  const pointer = child(division, 'mptr');
  must(division.attributes['ID'] !== undefined, 'CSIP106', 'a representation has no ID');
  must(pointer !== undefined, 'CSIP109', 'a representation has no pointer');
  if (!pointer) return;
  must(groupIds.has(pointer.attributes[`${XLINK}title`]), 'CSIP108', 'the pointer names no file group');
  must(pointer.attributes[`${XLINK}href`] !== undefined, 'CSIP110', 'the pointer has no xlink:href');
  must(pointer.attributes[`${XLINK}type`] === 'simple', 'CSIP111', 'the pointer is not simple');
  must(pointer.attributes['LOCTYPE'] === 'URL', 'CSIP112', 'the pointer has no LOCTYPE URL');
}
