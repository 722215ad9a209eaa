import { Inject, Injectable } from '@nestjs/common';
import { Database } from '@qlvb/platform-database';
import { Desk } from '../received/desk.ts';
import { StatusReports } from './status-reports.ts';
import type { OwnReport } from './status-reports.ts';

/** Reports of what people of this agency did with a document that came. */
@Injectable()
export class HandlingReports {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(StatusReports) private readonly reports: StatusReports,
    @Inject(Desk) private readonly desk: Desk,
  ) {}

  report(packageId: string, report: OwnReport): Promise<void> {
    return this.database.command((tx) => this.reports.report(tx, packageId, report));
  }

  /** What is a state secret is forgotten together with its refusal. @source EX-SEC-1 */
  refusal(packageId: string, report: OwnReport, isSecret: boolean): Promise<void> {
    return this.database.command(async (tx) => {
      if (isSecret) await this.desk.withhold(tx, packageId);
      await this.reports.report(tx, packageId, report);
    });
  }
}
