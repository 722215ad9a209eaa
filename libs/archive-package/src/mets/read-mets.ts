import type { Readable } from 'node:stream';
import { child, childrenOf, readXml } from '../xml/read-xml.ts';
import type { XmlElement } from '../xml/read-xml.ts';

const XLINK = '{http://www.w3.org/1999/xlink}';
const CSIP = '{https://DILCIS.eu/XML/METS/CSIPExtensionMETS}';

export interface MetsAgent {
  readonly role: string;
  readonly type: string;
  readonly otherType: string | undefined;
  readonly name: string;
  readonly notes: readonly { readonly type: string | undefined; readonly text: string }[];
}

/** One `file` or `mdRef`: where the bytes are and what they must be. Attributes that are not there stay undefined. */
export interface MetsReference {
  readonly kind: 'file' | 'dmdSec' | 'digiprovMD' | 'rightsMD' | 'other';
  /** Of the `file`, or of the section that holds the `mdRef`. */
  readonly id: string | undefined;
  readonly sectionCreated: string | undefined;
  readonly href: string | undefined;
  readonly linkType: string | undefined;
  readonly locationType: string | undefined;
  readonly metadataType: string | undefined;
  readonly otherMetadataType: string | undefined;
  readonly mimeType: string | undefined;
  readonly size: string | undefined;
  readonly created: string | undefined;
  readonly checksum: string | undefined;
  readonly checksumType: string | undefined;
  readonly describedBy: string | undefined;
}

export interface MetsGroup {
  readonly id: string | undefined;
  readonly use: string | undefined;
  readonly files: readonly MetsReference[];
}

export interface Mets {
  readonly objectId: string | undefined;
  readonly type: string | undefined;
  readonly label: string | undefined;
  readonly profile: string | undefined;
  readonly contentInformationType: string | undefined;
  readonly header:
    | {
        readonly created: string | undefined;
        readonly recordStatus: string | undefined;
        readonly packageType: string | undefined;
        readonly agents: readonly MetsAgent[];
        readonly alternativeIds: readonly { readonly type: string | undefined; readonly value: string }[];
      }
    | undefined;
  readonly metadata: readonly MetsReference[];
  readonly fileSectionId: string | undefined;
  readonly groups: readonly MetsGroup[];
  readonly structures: readonly XmlElement[];
}

/**
 * Reads a METS file; sections and files are taken off the tree as they end, so that thousands of them need little memory.
 *
 * @throws PackageProblem `archive-package.bad-xml`
 */
export async function readMets(source: Readable, path: string): Promise<Mets> {
  const metadata: MetsReference[] = [];
  const files: MetsReference[] = [];
  const groups: MetsGroup[] = [];
  const root = await readXml(source, {
    path,
    take: (element) => {
      switch (element.local) {
        case 'file':
          files.push(fileReference(element));
          return true;
        case 'fileGrp':
          groups.push({ id: element.attributes['ID'], use: element.attributes['USE'], files: files.splice(0) });
          return true;
        case 'dmdSec':
          metadata.push(metadataReference('dmdSec', element));
          return true;
        case 'digiprovMD':
        case 'rightsMD':
          metadata.push(metadataReference(element.local, element));
          return true;
        case 'techMD':
        case 'sourceMD':
          metadata.push(metadataReference('other', element));
          return true;
        default:
          return false;
      }
    },
  });
  const { attributes } = root;
  return {
    objectId: attributes['OBJID'],
    type: attributes['TYPE'],
    label: attributes['LABEL'],
    profile: attributes['PROFILE'],
    contentInformationType: attributes[`${CSIP}CONTENTINFORMATIONTYPE`],
    header: readHeader(child(root, 'metsHdr')),
    metadata,
    fileSectionId: child(root, 'fileSec')?.attributes['ID'],
    groups,
    structures: childrenOf(root, 'structMap'),
  };
}

function readHeader(element: XmlElement | undefined): Mets['header'] {
  if (!element) return undefined;
  return {
    created: element.attributes['CREATEDATE'],
    recordStatus: element.attributes['RECORDSTATUS'],
    packageType: element.attributes[`${CSIP}OAISPACKAGETYPE`],
    agents: childrenOf(element, 'agent').map((agent) => ({
      role: agent.attributes['ROLE'] ?? '',
      type: agent.attributes['TYPE'] ?? '',
      otherType: agent.attributes['OTHERTYPE'],
      name: child(agent, 'name')?.text.trim() ?? '',
      notes: childrenOf(agent, 'note').map((note) => ({
        type: note.attributes[`${CSIP}NOTETYPE`],
        text: note.text.trim(),
      })),
    })),
    alternativeIds: childrenOf(element, 'altRecordID').map((id) => ({
      type: id.attributes['TYPE'],
      value: id.text.trim(),
    })),
  };
}

function reference(
  kind: MetsReference['kind'],
  holder: XmlElement,
  target: XmlElement | undefined,
  described: XmlElement | undefined,
): MetsReference {
  const location = target?.attributes ?? {};
  const facts = described?.attributes ?? {};
  return {
    kind,
    id: holder.attributes['ID'],
    sectionCreated: holder.attributes['CREATED'],
    href: location[`${XLINK}href`],
    linkType: location[`${XLINK}type`],
    locationType: location['LOCTYPE'],
    metadataType: facts['MDTYPE'],
    otherMetadataType: facts['OTHERMDTYPE'],
    mimeType: facts['MIMETYPE'],
    size: facts['SIZE'],
    created: facts['CREATED'],
    checksum: facts['CHECKSUM'],
    checksumType: facts['CHECKSUMTYPE'],
    describedBy: facts['DMDID'],
  };
}

const fileReference = (file: XmlElement): MetsReference => reference('file', file, child(file, 'FLocat'), file);

function metadataReference(kind: MetsReference['kind'], section: XmlElement): MetsReference {
  const pointer = child(section, 'mdRef');
  return reference(kind, section, pointer, pointer);
}
