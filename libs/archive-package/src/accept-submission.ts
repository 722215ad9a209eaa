import type { PackageContents } from './input/contents.ts';
import { AIP_DOCUMENT, AIP_DOSSIER } from './metadata/field-table.ts';
import type { FieldTable } from './metadata/field-table.ts';
import { documentCode } from './layout.ts';
import type { AccompanyingFile, DossierPackage, PackagedDocument, SourceFile } from './model.ts';
import type { PreservationRecord } from './premis/preservation-record.ts';
import { PackageProblem } from './problem.ts';
import type { PackageReport } from './check/check-package.ts';

export interface Acceptance {
  /** `uuid-<UUID>` of the new AIP. */
  readonly objectId: string;
  readonly acceptedAt: Date;
  readonly software: DossierPackage['software'];
  readonly rendering: DossierPackage['rendering'];
  /** Code of the dossier in the archive, when it differs from the one handed in. */
  readonly archiveCode?: string;
  readonly preservation: PreservationRecord;
  /** Added to what the package brought, for instance the hand-over record. */
  readonly documentation?: readonly AccompanyingFile[];
}

/**
 * The AIP of a SIP that passed its checks. Data files are taken over byte by byte under their codes; METS and metadata as
 * received stay inside the AIP.
 *
 * @param report of `checkPackage` on the same contents; must be valid
 * @throws PackageProblem `archive-package.incomplete` when the report has errors or the SIP names no party
 * @source SUB-3
 * @source PKG-10
 */
export function acceptSubmission(
  contents: PackageContents,
  report: PackageReport,
  acceptance: Acceptance,
): DossierPackage {
  const { stored } = report;
  if (!stored || !report.isValid) throw incomplete('only a package that passed its checks becomes an AIP');
  if (stored.kind !== 'SIP') throw incomplete('the package is no SIP');
  const { fonds, submitter, preserver } = stored;
  if (!fonds || !submitter || !preserver) throw incomplete('the SIP does not name fonds, submitter and archive');
  const code = acceptance.archiveCode ?? stored.dossier['fileCode'] ?? '';
  const source = (path: string, originalName: string, mimeType: string, createdAt?: Date): SourceFile => {
    const checked = report.files.get(path);
    if (!checked) throw incomplete(`file was not checked: ${path}`);
    const { inspection, sizeBytes, sha256 } = checked;
    const { name, version, pronomId, pdfa } = inspection;
    return {
      originalName,
      mimeType,
      sizeBytes,
      sha256,
      ...(createdAt === undefined ? {} : { createdAt }),
      format: {
        name,
        ...(version === undefined ? {} : { version }),
        ...(pronomId === undefined ? {} : { pronomId }),
        ...(pdfa === undefined ? {} : { note: CLAIMED }),
      },
      open: () => contents.open(path),
    };
  };
  const documents = stored.documents.map((document): PackagedDocument => {
    const [first, ...others] = document.files.map((file) =>
      source(file.path, file.originalName, file.mimeType, file.createdAt),
    );
    if (!first) throw incomplete(`document without file: ${document.path}`);
    return { fields: only(AIP_DOCUMENT, document.fields), files: [first, ...others] };
  });
  const received = [...report.files.keys()].filter((path) => /(?:^|\/)METS\.xml$|(?:^|\/)metadata\//.test(path));
  const own = [...contents.files.keys()].filter((path) => path.startsWith('documentation/'));
  const carried = own.map((path): AccompanyingFile => ({
    ...source(path, path.slice('documentation/'.length), mimeOf(path)),
    path: path.slice('documentation/'.length),
  }));
  const [documentation, ...more] = [...carried, ...(acceptance.documentation ?? [])];
  if (!documentation) throw incomplete('the AIP would have no documentation');
  return {
    kind: 'AIP',
    rendering: acceptance.rendering,
    objectId: acceptance.objectId,
    createdAt: acceptance.acceptedAt,
    recordStatus: 'NEW',
    software: acceptance.software,
    fonds,
    submitter,
    preserver,
    ...(stored.submissionAgreement === undefined ? {} : { submissionAgreement: stored.submissionAgreement }),
    referenceCode: stored.referenceCode ?? code,
    dossier: { ...only(AIP_DOSSIER, stored.dossier), arcFileCode: code },
    documents,
    ...(stored.platformRecord === undefined
      ? {}
      : {
          platformRecord: {
            ...stored.platformRecord,
            documents: stored.platformRecord.documents.map(({ documentId }, index) => ({
              docCode: documentCode(code, index + 1),
              documentId,
            })),
          },
        }),
    preservation: acceptance.preservation,
    documentation: [documentation, ...more],
    otherMetadata: received.map((path) => ({ ...source(path, path, 'text/xml'), path: `sip/${path}` })),
  };
}

/** A PDF says itself that it is PDF/A; here nobody judges that. */
const CLAIMED = 'as the file says of itself, not validated';

const incomplete = (detail: string): PackageProblem => new PackageProblem('archive-package.incomplete', detail);

/** The fields that the AIP's table knows; the others stay in the metadata as received. */
function only(table: FieldTable, fields: Readonly<Record<string, string>>): Record<string, string> {
  const names = new Set(table.fields.map((field) => field.name));
  return Object.fromEntries(Object.entries(fields).filter(([name]) => names.has(name)));
}

const mimeOf = (path: string): string =>
  ({ xml: 'text/xml', pdf: 'application/pdf', json: 'application/json', txt: 'text/plain' })[
    path.slice(path.lastIndexOf('.') + 1).toLowerCase()
  ] ?? 'application/octet-stream';
