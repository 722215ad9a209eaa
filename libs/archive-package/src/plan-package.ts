import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { dataFileName, documentCode, OBJECT_ID, safeName } from './layout.ts';
import { renderedIdentity, REPRESENTATION } from './mets/profile.ts';
import { writeRepresentationMets, writeRootMets } from './mets/write-mets.ts';
import { documentTable, dossierTable } from './metadata/field-table.ts';
import { platformRecordSchema, writePlatformRecord } from './metadata/platform-record.ts';
import { simpleDcSchema } from './metadata/schema.ts';
import { writeSimpleDc } from './metadata/simpledc.ts';
import type { AccompanyingFile, DossierPackage, PackagedDocument, SourceFile } from './model.ts';
import type { PlannedEntry } from './planned-entry.ts';
import { PackageProblem } from './problem.ts';
import { writePackagePremis, writeRepresentationPremis } from './premis/write-premis.ts';
import type { PremisFile } from './premis/write-premis.ts';

export interface PackageLimits {
  readonly maxFiles: number;
  readonly maxBytes: number;
  readonly maxMetsBytes: number;
}

/** @source PKG-7 */
export const PACKAGE_LIMITS: PackageLimits = {
  maxFiles: 10_000,
  maxBytes: 50 * 1024 ** 3,
  maxMetsBytes: 50 * 1024 ** 2,
};

/** A package ready to be written: every path, size and digest is fixed. */
export interface PackagePlan {
  readonly objectId: string;
  /** Name of the root folder. */
  readonly folder: string;
  /** Sorted by path. */
  readonly entries: readonly PlannedEntry[];
  readonly sizeBytes: number;
}

const REP = `representations/${REPRESENTATION}`;

/**
 * Lays a dossier out as a package. The descriptive files, PREMIS and METS are made here; the data files stay where they
 * are until the package is written.
 *
 * @throws PackageProblem `archive-package.metadata`, `archive-package.too-large`, `archive-package.incomplete`
 * @source PKG-5
 * @source PKG-6
 */
export function planPackage(pack: DossierPackage, limits: PackageLimits = PACKAGE_LIMITS): PackagePlan {
  assertComplete(pack);
  assertWithin(pack, limits);
  const made = (path: string, bytes: Buffer): PlannedEntry => madeEntry(path, bytes, pack.createdAt);

  const code = pack.dossier[pack.kind === 'SIP' ? 'fileCode' : 'arcFileCode'] ?? '';
  const documents = pack.documents.map((document, index) => planDocument(pack, document, code, index + 1));
  const files: PremisFile[] = documents.flatMap(({ sources }) => sources);
  const premisRep =
    pack.preservation && made(`${REP}/metadata/preservation/PREMIS_rep1.xml`, writeRepresentationPremis(files));
  const repContents = { documents, premis: premisRep };
  const repMets = made(`${REP}/METS.xml`, writeRepresentationMets(pack, repContents));

  const dossier = { ...counted(pack), ...pack.dossier };
  const ead = 'metadata/descriptive/EAD.xml';
  const root = {
    dossier: made(ead, writeSimpleDc(dossierTable(pack.kind), dossier, ead)),
    platformRecord:
      pack.platformRecord && made('metadata/descriptive/QLVB.xml', writePlatformRecord(pack.platformRecord)),
    premis: pack.preservation && made('metadata/preservation/PREMIS.xml', writePackagePremis(pack, pack.preservation)),
    other: (pack.otherMetadata ?? []).map((file) => accompanyingEntry('metadata/other', file, pack)),
    documentation: pack.documentation.map((file) => accompanyingEntry('documentation', file, pack)),
    schemas: schemas(pack).map(([name, bytes]) => made(`schemas/${name}`, bytes)),
    representationMets: repMets,
  };
  const rootMets = made('METS.xml', writeRootMets(pack, root));
  for (const mets of [rootMets, repMets]) {
    if (mets.sizeBytes > limits.maxMetsBytes) throw tooLarge(`METS of ${mets.sizeBytes} bytes`);
  }

  const entries = [
    rootMets,
    root.dossier,
    root.platformRecord,
    root.premis,
    ...root.other,
    ...root.documentation,
    ...root.schemas,
    repMets,
    premisRep,
    ...documents.flatMap(({ description, files: data }) => [description, ...data]),
  ]
    .filter((entry) => entry !== undefined)
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  assertDistinct(entries);
  const { objectId, folder } = renderedIdentity(pack);
  return { objectId, folder, entries, sizeBytes: entries.reduce((sum, entry) => sum + entry.sizeBytes, 0) };
}

function planDocument(pack: DossierPackage, document: PackagedDocument, dossierCode: string, ordinal: number) {
  const docCode = documentCode(dossierCode, ordinal);
  const own = pack.kind === 'SIP' ? {} : { arcFileCode: dossierCode, docOrdinal: String(ordinal) };
  const path = `${REP}/metadata/descriptive/EAD_doc_${safeName(docCode)}.xml`;
  const fields = { ...document.fields, docCode, ...own };
  const files = document.files.map((file, index) =>
    sourceEntry(`${REP}/data/${dataFileName(docCode, index, file.originalName)}`, file, pack),
  );
  return {
    description: madeEntry(path, writeSimpleDc(documentTable(pack.kind), fields, path), pack.createdAt),
    files,
    sources: files.map((entry, index) => ({ path: entry.path, source: document.files[index] as SourceFile })),
  };
}

/** What the package counts itself: documents, and the pages of all of them. */
function counted(pack: DossierPackage): Record<string, string> {
  const pages = pack.documents.reduce((sum, { fields }) => sum + Number(fields['numberOfPage'] ?? 0), 0);
  return { totalDoc: String(pack.documents.length), numberOfPage: String(pages) };
}

function schemas(pack: DossierPackage): [string, Buffer][] {
  return [
    ['EAD.xsd', simpleDcSchema(dossierTable(pack.kind))],
    ['EAD_doc.xsd', simpleDcSchema(documentTable(pack.kind))],
    ...(pack.platformRecord ? [['QLVB.xsd', platformRecordSchema()] satisfies [string, Buffer]] : []),
  ];
}

function madeEntry(path: string, bytes: Buffer, createdAt: Date): PlannedEntry {
  return {
    path,
    mimeType: 'text/xml',
    sizeBytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    createdAt,
    open: () => Readable.from([bytes]),
  };
}

function sourceEntry(path: string, file: SourceFile, pack: DossierPackage): PlannedEntry {
  return {
    path,
    mimeType: file.mimeType,
    sizeBytes: file.sizeBytes,
    sha256: file.sha256.toLowerCase(),
    createdAt: file.createdAt ?? pack.createdAt,
    open: () => file.open(),
  };
}

const accompanyingEntry = (folder: string, file: AccompanyingFile, pack: DossierPackage): PlannedEntry =>
  sourceEntry(`${folder}/${file.path.split('/').map(safeName).filter(Boolean).join('/')}`, file, pack);

function assertComplete(pack: DossierPackage): void {
  const incomplete = (detail: string) => new PackageProblem('archive-package.incomplete', detail);
  if (!OBJECT_ID.test(pack.objectId)) throw incomplete(`the object id is not uuid-<UUID>: ${pack.objectId}`);
  if (pack.documents.length === 0) throw incomplete('a dossier without documents is no package');
  if (pack.documentation.length === 0) throw incomplete('documentation has no file');
  if (pack.kind === 'AIP' && !pack.preservation) throw incomplete('an AIP needs its preservation record');
}

function assertWithin(pack: DossierPackage, limits: PackageLimits): void {
  const files = pack.documents.flatMap((document) => document.files);
  const bytes = files.reduce((sum, file) => sum + file.sizeBytes, 0);
  if (files.length > limits.maxFiles) throw tooLarge(`${files.length} files, the limit is ${limits.maxFiles}`);
  if (bytes > limits.maxBytes) throw tooLarge(`${bytes} bytes, the limit is ${limits.maxBytes}`);
}

function assertDistinct(entries: readonly PlannedEntry[]): void {
  const seen = new Set<string>();
  for (const { path } of entries) {
    const key = path.toLowerCase();
    if (seen.has(key)) throw new PackageProblem('archive-package.incomplete', 'two files want the same path', { path });
    seen.add(key);
  }
}

const tooLarge = (detail: string): PackageProblem => new PackageProblem('archive-package.too-large', detail);
