import pg from 'pg';
import { SERVICES } from '@qlvb/installation';
import type { Service } from '@qlvb/installation';
import type { RunningPlatform } from '../running-platform.ts';

/** Where the things live that a path's parameter names: first segment of the path below /api/v1, service, table, column. */
const THINGS: Readonly<Record<string, readonly [Service, string, string?]>> = {
  // One that waits: of those that a rule gave there is nothing to decide.
  'access-rights': ['documents', '(SELECT * FROM access_row WHERE confirmed_at IS NULL) AS proposed'],
  'account-proposals': ['identity', 'account_proposal'],
  agencies: ['identity', 'agency'],
  'agency-proposals': ['identity', 'agency_proposal'],
  'archive-packages': ['archive', 'archive_package'],
  certificates: ['signature', 'certificate'],
  deliveries: ['exchange', 'delivery'],
  'dossier-access-rights': ['archive', '(SELECT * FROM access_row WHERE confirmed_at IS NULL) AS proposed'],
  'dossier-lists': ['archive', 'dossier_list'],
  dossiers: ['archive', 'dossier'],
  files: ['documents', 'file'],
  'incoming-documents': ['documents', 'incoming_document'],
  'layout-reports': ['documents', 'layout_report'],
  'outgoing-documents': ['documents', 'outgoing_document'],
  packages: ['exchange', 'package'],
  'received-packages': ['exchange', 'received_package'],
  'signing-authorities': ['documents', 'signing_grant', "(granted_by->>'postId')"],
  'signing-grants': ['documents', 'signing_grant'],
  'signing-sessions': ['signature', 'signing_session'],
  submissions: ['archive', 'submission'],
  tasks: ['workflow', 'task'],
  users: ['identity', 'post', 'user_id'],
  validations: ['signature', 'validation'],
};

/** Things that no path names, only members do. */
const NAMED_ONLY: typeof THINGS = {
  attachments: ['documents', 'file'],
  'directed-documents': ['workflow', 'instruction', 'document_id'],
  instructions: ['workflow', 'instruction'],
  posts: ['identity', 'post'],
  units: ['identity', 'unit'],
};

/** Members of bodies and queries that name a thing. */
const MEMBERS: Readonly<Record<string, string>> = {
  agencyId: 'agencies',
  parentId: 'agencies',
  successorId: 'agencies',
  certificateId: 'certificates',
  documentId: 'outgoing-documents',
  replyDocumentId: 'outgoing-documents',
  dossierId: 'dossiers',
  replacesInstructionId: 'instructions',
  listId: 'dossier-lists',
  attachmentId: 'files',
  fileId: 'files',
  mainFileId: 'files',
  attachmentFileIds: 'attachments',
  unitId: 'units',
  leadUnitId: 'units',
  userId: 'users',
  postId: 'posts',
  granteePostId: 'posts',
  signerPostId: 'posts',
  assignedByPostId: 'posts',
  leadPostId: 'posts',
  coHandlerPostIds: 'posts',
  followUpPostId: 'posts',
};

/** Members whose values have a form of their own, so that a request fails for whose it is and not for how it looks. */
const LAWFUL: Readonly<Record<string, string>> = {
  cccd: '099085009002',
  cccdAgain: '099085009002',
  code: 'H46.11.99',
};

export const isMember = (name: string): boolean => name in MEMBERS;

export class ForeignIds {
  readonly #ids = new Map<string, string>();

  /** Finds something of every kind that another agency than the given one owns. */
  static async collect(platform: RunningPlatform, stranger: string): Promise<ForeignIds> {
    const found = new ForeignIds();
    const all = { ...THINGS, ...NAMED_ONLY };
    for (const [kind, [service, table, column = 'id']] of Object.entries(all)) {
      const client = new pg.Client({ connectionString: platform.databaseUrl(`qlvb_${service}`) });
      await client.connect();
      try {
        const agency = kind === 'agencies' ? 'id' : 'agency_id';
        const { rows } = await client.query<{ id: string }>(
          `SELECT ${column}::text AS id FROM ${table}
           WHERE ${agency} <> $1 AND ${column} NOT IN (SELECT ${column} FROM ${table} WHERE ${agency} = $1)
           ORDER BY 1 ${kind === 'attachments' ? 'DESC' : ''} LIMIT 1`,
          [stranger],
        );
        if (rows[0]) found.#ids.set(kind, rows[0].id);
      } finally {
        await client.end();
      }
    }
    return found;
  }

  /** @throws Error when a path names a kind of thing that nobody here has: add it to the demonstration, or above */
  inPath(path: string): string {
    const kind = path.split('/')[3] ?? '';
    const id = this.#ids.get(kind);
    if (!id) throw new Error(`${path}: no ${kind} of another agency to ask for`);
    return id;
  }

  /** Of a layout report. @throws Error when nobody asked for one */
  get report(): string {
    const id = this.#ids.get('layout-reports');
    if (!id) throw new Error('no layout report of another agency to ask for');
    return id;
  }

  member(name: string, path: string): string | undefined {
    if (name in LAWFUL) return LAWFUL[name];
    const directed = name === 'documentId' && path.endsWith('/instructions');
    const kind = directed ? 'directed-documents' : MEMBERS[name];
    return kind === undefined ? undefined : this.#ids.get(kind);
  }

  /** Every id that was found, to look for in answers. */
  get all(): readonly string[] {
    return [...this.#ids.entries()].filter(([kind]) => kind !== 'agencies').map(([, id]) => id);
  }
}

/** What every table of every service holds, as one digest each; tables that only remember requests are left out, and work that recurs. */
export async function snapshot(platform: RunningPlatform): Promise<Record<string, string>> {
  const digests: Record<string, string> = {};
  for (const service of SERVICES) {
    const client = new pg.Client({ connectionString: platform.databaseUrl(`qlvb_${service}`) });
    await client.connect();
    try {
      const { rows } = await client.query<{ name: string }>(
        `SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) AS name FROM pg_tables
         WHERE schemaname IN ('public', 'platform') AND tablename NOT IN ('session', 'account', 'signing_key') ORDER BY 1`,
      );
      for (const { name } of rows) {
        const [row] = (
          await client.query<{ digest: string }>(
            `SELECT count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' ORDER BY t::text)), '') AS digest FROM ${name} t
             ${name === 'platform.job' ? 'WHERE recurs_seconds IS NULL' : ''}`,
          )
        ).rows;
        digests[`${service} ${name}`] = row?.digest ?? '';
      }
    } finally {
      await client.end();
    }
  }
  return digests;
}
