import { randomBytes } from 'node:crypto';
import { mkdtempSync, openSync, writeSync, fsyncSync, closeSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Module } from '@nestjs/common';
import { AgencyChanged, PackageReceived, PERMISSIONS, PostChanged, ValidationCompleted } from '@qlvb/contracts';
import { DOCUMENTS_ENTITIES, DocumentsModule } from '@qlvb/documents-feature';
import { PlatformModule, platformSettings } from '@qlvb/platform-service';
import { startTestService } from '@qlvb/platform-service-testing';
import type { TestService } from '@qlvb/platform-service-testing';
import { StorageModule, storageSettings } from '@qlvb/platform-storage';
import { idFrom, newId } from '@qlvb/shared-domain';
import pg from 'pg';
import { Pool } from 'undici';
import { z } from 'zod';
import { compare, perSecond } from './measure.ts';
import type { Line } from './measure.ts';
import { startServer } from './server-process.ts';

const AT_ONCE = 8;
const FILE_BYTES = 50_000;
const AGENCY = idFrom('agency:bench');
const clerk = { userId: newId(), agencyId: AGENCY, unitId: newId(), postId: newId(), permissions: [...PERMISSIONS] };

const config = z.object({ ...platformSettings, ...storageSettings });

@Module({})
class DocumentsBench {}

/** Registrations per second: file stored, arrival number given, document, outbox, audit and answer in one transaction. */
export async function registrationLines(
  postgresUrl: string,
  root: string,
  count: number,
  rounds: number,
): Promise<Line[]> {
  const objects = mkdtempSync(join(tmpdir(), 'qlvb-bench-objects-'));
  const test = await startTestService({
    name: 'documents',
    schema: config,
    module: (settings, bus) => ({
      module: DocumentsBench,
      imports: [
        PlatformModule.forRoot({ service: 'documents', settings, bus, entities: DOCUMENTS_ENTITIES }),
        StorageModule.forRoot(settings),
        DocumentsModule,
      ],
    }),
    migrations: [
      join(root, 'libs/shared/directory/migrations'),
      join(root, 'libs/platform/access/migrations'),
      join(root, 'apps/documents/migrations'),
    ],
    environment: { QLVB_STORAGE_DIR: objects },
  });
  const service = await startServer(join(root, 'dist/apps/documents/src/main.js'), {
    ...test.environment,
    QLVB_HOST: '127.0.0.1',
    QLVB_LOG_LEVEL: 'warn',
  });
  const bareUrl = await bareDatabase(postgresUrl);
  const bare = await startServer(join(root, 'dist/bench/bare-handler.js'), {
    QLVB_STORAGE_DIR: objects,
    QLVB_DATABASE_URL: bareUrl,
  });
  const [ours, theirs] = [service, bare].map(
    ({ port }) => new Pool(`http://127.0.0.1:${port}`, { connections: AT_ONCE }),
  );
  try {
    await settle(test);
    const waiting = await arrivals(test, 2 * count * (rounds + 1));
    const { authorization } = await test.issuer.authorization(clerk);
    const post = async (
      pool: Pool | undefined,
      path: string,
      body: Uint8Array | string,
      type: string,
    ): Promise<void> => {
      const response = await (pool as Pool).request({
        method: 'POST',
        path,
        headers: { authorization, 'content-type': type, 'idempotency-key': `bench-${newId()}` },
        body,
      });
      const text = await response.body.text();
      if (response.statusCode !== 201) throw new Error(`${path}: ${response.statusCode} ${text}`);
    };
    const register = (): Promise<number> =>
      perSecond(count, AT_ONCE, async () => {
        await post(ours, '/api/v1/files?name=a.pdf', pdf(), 'application/pdf');
        await post(ours, `/api/v1/incoming-documents/${waiting.pop()}/acceptances`, '{}', 'application/json');
      });
    return await compare({
      what: 'registrations',
      unit: '/s',
      rounds,
      variants: [
        {
          name: 'documents: file, then number, entry, outbox, audit, journal',
          run: register,
        },
        {
          name: 'the same without the journal of rows',
          run: async () => {
            await journal(test, 'DISABLE');
            const rate = await register();
            await journal(test, 'ENABLE');
            return rate;
          },
        },
        {
          name: 'bare handler: one object, one INSERT',
          run: () => perSecond(count, AT_ONCE, () => post(theirs, '/registrations', pdf(), 'application/pdf')),
        },
        { name: 'the disk: write and fsync, one after the other', run: () => Promise.resolve(fsyncs(objects, count)) },
      ],
    });
  } finally {
    await ours?.close();
    await theirs?.close();
    await service.stop();
    await bare.stop();
    await test.stop();
    rmSync(objects, { recursive: true, force: true });
  }
}

async function journal(test: TestService, state: 'DISABLE' | 'ENABLE'): Promise<void> {
  const { rows } = await test.admin.query<{ table: string; trigger: string }>(
    `SELECT tgrelid::regclass::text AS table, tgname AS trigger FROM pg_trigger WHERE tgname LIKE 'journal%'`,
  );
  for (const { table, trigger } of rows) await test.admin.query(`ALTER TABLE ${table} ${state} TRIGGER ${trigger}`);
}

/** The smallest file that is taken for a PDF, filled up; different each time, because equal files are stored once. */
function pdf(): Buffer {
  const body = Buffer.from(`%PDF-1.7\n%${randomBytes(FILE_BYTES / 2).toString('hex')}\n`);
  const end = `xref\n0 0\ntrailer\n<< /Size 1 /Root 1 0 R >>\nstartxref\n${body.length}\n%%EOF\n`;
  return Buffer.concat([body, Buffer.from(end)]);
}

function fsyncs(folder: string, count: number): number {
  const started = performance.now();
  const content = pdf();
  for (let index = 0; index < count; index += 1) {
    const file = openSync(join(folder, 'fsync'), 'w');
    writeSync(file, content);
    fsyncSync(file);
    closeSync(file);
  }
  return (count * 1000) / (performance.now() - started);
}

async function settle(test: TestService): Promise<void> {
  const { example } = AgencyChanged;
  await test.deliver(AgencyChanged, AGENCY, {
    ...example,
    agencyId: AGENCY,
    version: 1,
    parentId: null,
    validTo: null,
  });
  await test.deliver(PostChanged, AGENCY, {
    ...PostChanged.example,
    ...clerk,
    version: 1,
    roles: ['clerk'],
    active: true,
  });
}

/** Documents that have arrived with good signatures and wait for their numbers. */
async function arrivals(test: TestService, count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => newId());
  await perSecond(count, 16, async (index) => {
    const packageId = ids[index] ?? '';
    const file = PackageReceived.example.files[0];
    if (!file) throw new Error('the example has no file');
    const files = [{ ...file, fileId: newId(), role: 'main' as const }];
    await test.deliver(PackageReceived, AGENCY, {
      ...PackageReceived.example,
      packageId,
      senderDocumentId: `H46.05,2026,${index}`,
      codeNumber: String(index + 1),
      files,
      findings: [],
    });
    await test.deliver(ValidationCompleted, AGENCY, {
      documentId: idFrom(`incoming:${packageId}`),
      validationId: newId(),
      validatedAt: new Date().toISOString(),
      files: files.map(({ fileId }) => ({
        fileId,
        legalEffect: 'complete' as const,
        intact: true,
        integrity: 'proven' as const,
        authentic: true,
        personal: 'valid' as const,
        agency: 'valid' as const,
        agencyCodes: [PackageReceived.example.senderCode],
        signerName: PackageReceived.example.signerName,
        findings: [],
      })),
    });
  });
  return ids.map((packageId) => idFrom(`incoming:${packageId}`));
}

async function bareDatabase(postgresUrl: string): Promise<string> {
  const admin = new pg.Client({ connectionString: `${postgresUrl}/postgres` });
  await admin.connect();
  await admin.query('CREATE DATABASE bare');
  await admin.end();
  const client = new pg.Client({ connectionString: `${postgresUrl}/bare` });
  await client.connect();
  await client.query(
    'CREATE TABLE registration (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, object_key text NOT NULL)',
  );
  await client.end();
  return `${postgresUrl}/bare`;
}
