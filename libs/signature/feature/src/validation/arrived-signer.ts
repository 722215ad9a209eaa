import { Inject, Injectable } from '@nestjs/common';
import { Directory, DirectoryPost } from '@qlvb/directory';
import type { VerificationReport } from '@qlvb/pdf-signature';
import { Database } from '@qlvb/platform-database';
import { JobFailed } from '@qlvb/platform-jobs';
import { possibleSigners, signerIdentity } from '@qlvb/signature-domain';
import type { NumberMatch, SignerIdentity } from '@qlvb/signature-domain';
import { OID } from '@qlvb/x509';
import { HolderNumbers } from '../certificates/holder-numbers.ts';

/** Runs of the check that wait for what identity tells; afterwards it is said that the signer is not known. */
const WAITING_RUNS = 8;

export interface Sender {
  readonly code: string | undefined;
  readonly signerPosition: string | undefined;
}

/** Compares who signed an arrived document with the people of the agency that sent it. */
@Injectable()
export class ArrivedSigner {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Directory) private readonly directory: Directory,
    @Inject(HolderNumbers) private readonly numbers: HolderNumbers,
  ) {}

  /**
   * By the citizen number in the certificate, as a colleague may bear the same name. Of an agency that keeps no accounts here
   * nothing can be compared.
   *
   * @returns undefined when no signature of a person makes an original
   * @throws JobFailed while identity has not told yet
   * @source VN-05
   * @source QĐ28-A9-1
   */
  async identify(
    report: VerificationReport,
    { code, signerPosition = '' }: Sender,
    run: number,
  ): Promise<SignerIdentity | undefined> {
    const signer = report.signatures.find(({ fieldName }) => fieldName === report.completedField)?.signer;
    if (!signer) return undefined;
    const agency = code === undefined ? null : await this.directory.agencyByCode(code);
    // The directory of all agencies is public; who works in another one is read here for this comparison alone.
    const staff = agency
      ? await this.database.read((manager) => manager.find(DirectoryPost), { agencyId: agency.agencyId })
      : [];
    if (staff.length === 0) return 'not_kept';
    const possible = possibleSigners(staff, signer.subject.get(OID.commonName) ?? '', signerPosition) ?? [];
    const matches: NumberMatch[] = [];
    for (const userId of possible) matches.push(await this.numbers.match(userId, signer));
    const identity = signerIdentity(matches);
    if (identity === 'unproven' && matches.includes('not_told') && run < WAITING_RUNS) {
      throw new JobFailed('signature.holder-not-told-yet', 'identity has not told of the signer yet', { again: true });
    }
    return identity;
  }
}
