import type { Readable } from 'node:stream';
import { resolveHref } from './check/expected-files.ts';
import type { PackageContents } from './input/contents.ts';
import type { PackageKind } from './metadata/field-table.ts';
import { documentTable, dossierTable } from './metadata/field-table.ts';
import { readPlatformRecord } from './metadata/platform-record.ts';
import type { PlatformRecord } from './metadata/platform-record.ts';
import { normaliseRecord } from './metadata/record.ts';
import { readSimpleDc } from './metadata/simpledc.ts';
import type { Mets, MetsReference } from './mets/read-mets.ts';
import { readMets } from './mets/read-mets.ts';
import type { Party } from './model.ts';
import { readFileObjects } from './premis/read-premis.ts';
import { PackageProblem } from './problem.ts';
import { child, readXml } from './xml/read-xml.ts';
import type { XmlElement } from './xml/read-xml.ts';

export interface StoredFile {
  /** In the package. */
  readonly path: string;
  /** From PREMIS; the name in the package when PREMIS is absent. */
  readonly originalName: string;
  readonly mimeType: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly createdAt: Date | undefined;
}

export interface StoredDocument {
  readonly path: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly files: readonly StoredFile[];
}

export interface StoredMets {
  readonly path: string;
  readonly mets: Mets;
}

/** What a package says about itself; nothing of it is judged here. */
export interface StoredPackage {
  readonly kind: PackageKind;
  readonly objectId: string;
  readonly recordStatus: string;
  readonly createdAt: Date | undefined;
  readonly fonds: Party | undefined;
  readonly submitter: Party | undefined;
  readonly preserver: Party | undefined;
  readonly submissionAgreement: string | undefined;
  readonly referenceCode: string | undefined;
  readonly dossier: Readonly<Record<string, string>>;
  readonly documents: readonly StoredDocument[];
  readonly platformRecord: PlatformRecord | undefined;
  readonly metsFiles: readonly StoredMets[];
}

const METADATA_LIMITS = { maxBytes: 1024 * 1024, maxDepth: 32 };

/** All METS files of a package: the root first, then each representation's. */
export async function readMetsFiles(contents: PackageContents): Promise<StoredMets[]> {
  const paths = [...contents.files.keys()].filter((path) => /^(?:representations\/[^/]+\/)?METS\.xml$/.test(path));
  if (!paths.includes('METS.xml')) {
    throw new PackageProblem('archive-package.missing-file', 'the package has no METS.xml', { path: 'METS.xml' });
  }
  const ordered = ['METS.xml', ...paths.filter((path) => path !== 'METS.xml')];
  return Promise.all(ordered.map(async (path) => ({ path, mets: await readMets(await contents.open(path), path) })));
}

/**
 * Reads a package made in either rendering.
 *
 * @throws PackageProblem `archive-package.missing-file`, `archive-package.bad-xml`
 * @source PKG-11
 */
export async function readPackage(contents: PackageContents): Promise<StoredPackage> {
  const metsFiles = await readMetsFiles(contents);
  const root = metsFiles[0]?.mets as Mets;
  const kind: PackageKind = root.header?.packageType === 'AIP' ? 'AIP' : 'SIP';
  const agent = (role: string): Party | undefined => {
    const found = root.header?.agents.find((each) => each.role === role && each.type !== 'OTHER');
    return found && { name: found.name, code: found.notes[0]?.text ?? '' };
  };
  const alternative = (type: string): string | undefined =>
    root.header?.alternativeIds.find((id) => id.type === type)?.value;
  const createdAt = root.header?.created === undefined ? undefined : new Date(root.header.created);
  const originalNames = await readOriginalNames(contents);
  const documents = await Promise.all(
    metsFiles.slice(1).map((file) => readDocuments(contents, file, kind, originalNames)),
  );
  return {
    kind,
    objectId: root.objectId ?? contents.folder,
    recordStatus: root.header?.recordStatus ?? 'NEW',
    createdAt,
    fonds: agent('ARCHIVIST'),
    submitter: agent('CREATOR'),
    preserver: agent('PRESERVATION'),
    submissionAgreement: alternative('SUBMISSIONAGREEMENT'),
    referenceCode: alternative('REFERENCECODE'),
    dossier: await readRecord(contents, 'metadata/descriptive/EAD.xml', dossierTable(kind)),
    documents: documents.flat(),
    platformRecord: contents.files.has('metadata/descriptive/QLVB.xml')
      ? readPlatformRecord(await readMetadata(contents, 'metadata/descriptive/QLVB.xml'))
      : undefined,
    metsFiles,
  };
}

async function readDocuments(
  contents: PackageContents,
  { path: metsPath, mets }: StoredMets,
  kind: PackageKind,
  originalNames: ReadonlyMap<string, string>,
): Promise<StoredDocument[]> {
  const base = metsPath.slice(0, metsPath.lastIndexOf('/') + 1);
  const filesBySection = Map.groupBy(
    mets.groups.flatMap((group) => group.files),
    (file) => file.describedBy ?? '',
  );
  const documents: StoredDocument[] = [];
  for (const section of mets.metadata.filter((reference) => reference.kind === 'dmdSec')) {
    const path = resolveHref(base, section.href);
    if (path === undefined || !contents.files.has(path)) continue;
    const fields = await readRecord(contents, path, documentTable(kind));
    const own = filesBySection.get(section.id ?? '') ?? filesByName(mets, fields['docCode']);
    documents.push({ path, fields, files: own.map((file) => storedFile(file, base, originalNames)) });
  }
  return documents.sort((a, b) => ((a.fields['docCode'] ?? '') < (b.fields['docCode'] ?? '') ? -1 : 1));
}

/** Packages of other producers link a file to its document by its name alone (FMT-4). */
function filesByName(mets: Mets, docCode: string | undefined): MetsReference[] {
  if (docCode === undefined) return [];
  return mets.groups
    .flatMap((group) => group.files)
    .filter((file) => file.href?.split('/').at(-1)?.startsWith(`${docCode}.`) ?? false);
}

function storedFile(file: MetsReference, base: string, originalNames: ReadonlyMap<string, string>): StoredFile {
  const path = resolveHref(base, file.href) ?? '';
  return {
    path,
    originalName: originalNames.get(path) ?? path.slice(path.lastIndexOf('/') + 1),
    mimeType: file.mimeType ?? 'application/octet-stream',
    sizeBytes: Number(file.size ?? 0),
    sha256: (file.checksum ?? '').toLowerCase(),
    createdAt: file.created === undefined ? undefined : new Date(file.created),
  };
}

async function readOriginalNames(contents: PackageContents): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  for (const path of contents.files.keys()) {
    if (!/^representations\/[^/]+\/metadata\/preservation\/[^/]+\.xml$/.test(path)) continue;
    for (const file of await readFileObjects(await contents.open(path), path)) {
      if (file.originalName !== undefined) names.set(file.id, file.originalName);
    }
  }
  return names;
}

async function readRecord(
  contents: PackageContents,
  path: string,
  table: ReturnType<typeof dossierTable>,
): Promise<Record<string, string>> {
  return normaliseRecord(table, readSimpleDc(await readMetadata(contents, path), path));
}

async function readMetadata(contents: PackageContents, path: string): Promise<XmlElement> {
  const stream: Readable = await contents.open(path);
  const root = await readXml(stream, { path, limits: METADATA_LIMITS });
  return child(root, 'simpledc') ?? root;
}
