import { Inject, Injectable } from '@nestjs/common';
import { Directory } from '@qlvb/directory';
import { changeAccess } from '@qlvb/platform-access';
import { Database } from '@qlvb/platform-database';

/**
 * To whom all dossiers of an agency are open: the archive, and who looks into everything.
 *
 * @source NĐ30-A30-2 the archive checks and takes over every dossier
 * @source SEC-Z05 administrators read no documents
 */
const STANDING = [
  { permission: 'submissions.decide', right: 'archive' },
  { permission: 'audit.read', right: 'read' },
] as const;

/** Opens the register of dossiers of every agency, by one row per role. */
@Injectable()
export class DossierRegister {
  constructor(@Inject(Database) database: Database, @Inject(Directory) directory: Directory) {
    directory.onAgencyChange((agencyId) =>
      database.command(
        async (tx) => {
          const register = { kind: 'dossier-register', id: tx.agencyId, at: tx.now, registered: false } as const;
          const role = { principalKind: 'agency', principalId: tx.agencyId, ground: 'standing' } as const;
          await changeAccess(
            tx,
            register,
            STANDING.map((one) => ({ ...role, ...one })),
          );
        },
        { agencyId },
      ),
    );
  }
}
