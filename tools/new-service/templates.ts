const titled = (name: string): string => `${name.charAt(0).toUpperCase()}${name.slice(1)}`;

const project = (name: string, root: string, type: 'app' | 'domain' | 'feature', scope: string): string =>
  `${JSON.stringify(
    {
      name,
      root,
      sourceRoot: `${root}/src`,
      projectType: type === 'app' ? 'application' : 'library',
      tags: [`type:${type}`, `scope:${scope}`],
    },
    null,
    2,
  )}\n`;

/** Every file of a new service by its path in the workspace; the resource to begin from is called an entry. */
export function serviceFiles(name: string, timestamp: number): Readonly<Record<string, string>> {
  const Name = titled(name);
  const [app, domain, feature] = [`apps/${name}`, `libs/${name}/domain`, `libs/${name}/feature`];
  return {
    [`${domain}/project.json`]: project(`${name}-domain`, domain, 'domain', name),
    [`${domain}/src/index.ts`]: `export { assertEntryTitle } from './entry-title.ts';
export { EntryNotFound, EntryTitleEmpty } from './entry.problems.ts';
`,
    [`${domain}/src/entry.problems.ts`]: `import { defineProblem } from '@qlvb/shared-domain';

export const EntryNotFound = defineProblem({
  code: '${name}.entry-missing',
  kind: 'not-found',
  title: { vi: 'Không có mục này', en: 'No such entry' },
  detail: { vi: 'Không có mục {id} của cơ quan.', en: 'The agency has no entry {id}.' },
});

export const EntryTitleEmpty = defineProblem({
  code: '${name}.entry-title-empty',
  kind: 'unprocessable',
  title: { vi: 'Thiếu tiêu đề', en: 'Title missing' },
  detail: { vi: 'Tiêu đề phải có ít nhất một chữ.', en: 'The title needs at least one letter.' },
});
`,
    [`${domain}/src/entry-title.ts`]: `import { EntryTitleEmpty } from './entry.problems.ts';

/** @throws EntryTitleEmpty */
export function assertEntryTitle(title: string): void {
  if (!/\\p{L}/u.test(title)) throw EntryTitleEmpty();
}
`,
    [`${domain}/src/entry-title.spec.ts`]: `import { assertEntryTitle } from './entry-title.ts';

describe('the title of an entry', () => {
  it.each(['Hồ sơ', 'a', ' ờ '])('may be "%s"', (title) => {
    expect(() => assertEntryTitle(title)).not.toThrow();
  });

  it.each(['', ' ', '12', '–'])('may not be "%s"', (title) => {
    expect(() => assertEntryTitle(title)).toThrow(expect.objectContaining({ code: '${name}.entry-title-empty' }));
  });
});
`,
    [`${feature}/project.json`]: project(`${name}-feature`, feature, 'feature', name),
    [`${feature}/src/index.ts`]: `export { ${Name.toUpperCase()}_ENTITIES, ${Name}Module } from './${name}.module.ts';
`,
    [`${feature}/src/${name}.module.ts`]: `import { Module } from '@nestjs/common';
import { Entry } from './entries/entry.entity.ts';
import { EntriesController } from './entries/entries.controller.ts';
import { EntriesService } from './entries/entries.service.ts';

export const ${Name.toUpperCase()}_ENTITIES = [Entry];

@Module({ controllers: [EntriesController], providers: [EntriesService] })
export class ${Name}Module {}
`,
    [`${feature}/src/entries/entry.entity.ts`]: `import { TenantEntity } from '@qlvb/platform-database';
import { Column, Entity } from 'typeorm';

@Entity({ name: 'entry' })
export class Entry extends TenantEntity {
  @Column('text')
  title!: string;
}
`,
    [`${feature}/src/entries/entries.dto.ts`]: `import { pageQuery } from '@qlvb/platform-http';
import { z } from 'zod';

export const EntryView = z.object({ entryId: z.uuid(), version: z.int(), title: z.string() }).meta({ id: '${Name}Entry' });

export const EntryInput = z.object({ title: z.string().min(1).max(300) }).meta({ id: '${Name}EntryInput' });

export const EntryQuery = z.object({ ...pageQuery });
`,
    [`${feature}/src/entries/entries.service.ts`]: `import { Inject, Injectable } from '@nestjs/common';
import { assertEntryTitle, EntryNotFound } from '@qlvb/${name}-domain';
import { Database, update } from '@qlvb/platform-database';
import { BY_ID, inOrder, keysetPage } from '@qlvb/platform-http';
import type { Page } from '@qlvb/platform-http';
import { newId } from '@qlvb/shared-domain';
import { z } from 'zod';
import type { EntryInput, EntryQuery, EntryView } from './entries.dto.ts';
import { Entry } from './entry.entity.ts';

type View = z.input<typeof EntryView>;

@Injectable()
export class EntriesService {
  constructor(@Inject(Database) private readonly database: Database) {}

  list({ limit, cursor }: z.output<typeof EntryQuery>): Promise<Page<View>> {
    return this.database.read(async (manager) => {
      const page = await keysetPage({ limit, cursor }, {
        scope: {},
        ...BY_ID,
        query: (after) => inOrder(manager.createQueryBuilder(Entry, 'e').where('true'), 'ASC', ['e.id'], after),
      });
      return { ...page, items: page.items.map(view) };
    });
  }

  /** @throws EntryNotFound */
  async get(id: string): Promise<View> {
    const row = await this.database.read((manager) => manager.findOneBy(Entry, { id }));
    if (!row) throw EntryNotFound({ id });
    return view(row);
  }

  /** @throws EntryTitleEmpty */
  create({ title }: z.output<typeof EntryInput>): Promise<View> {
    assertEntryTitle(title);
    return this.database.command(async (tx) => {
      const row = { id: newId(), agencyId: tx.agencyId, version: 1, createdAt: tx.now, updatedAt: tx.now, title };
      await tx.manager.insert(Entry, row);
      tx.audit({ action: 'entry.created', resource: { type: 'entry', id: row.id }, after: { title } });
      return view(row);
    });
  }

  /** @throws EntryNotFound, EntryTitleEmpty, VersionStale */
  change(id: string, { title }: z.output<typeof EntryInput>, ifMatch: number | undefined): Promise<View> {
    assertEntryTitle(title);
    return update(this.database, { entity: Entry, id, missing: EntryNotFound, access: 'agency', ifMatch, action: 'entry.changed' }, (row) => {
      row.title = title;
      return view(row);
    });
  }
}

const view = ({ id, version, title }: Pick<Entry, 'id' | 'version' | 'title'>): View => ({ entryId: id, version, title });
`,
    [`${feature}/src/entries/entries.controller.ts`]: `import { Controller, Inject } from '@nestjs/common';
import { EntryNotFound, EntryTitleEmpty } from '@qlvb/${name}-domain';
import { operation, Operation, pageOf } from '@qlvb/platform-http';
import type { Input } from '@qlvb/platform-http';
import { z } from 'zod';
import { EntryInput, EntryQuery, EntryView } from './entries.dto.ts';
import { EntriesService } from './entries.service.ts';

const tag = '${name}';
const params = z.object({ entryId: z.uuid() });

const list = operation({
  id: 'list${Name}Entries',
  method: 'GET',
  path: '/${name}-entries',
  tag,
  summary: { vi: 'Các mục của cơ quan', en: 'Entries of the agency' },
  permission: '${name}.read',
  query: EntryQuery,
  response: { status: 200, schema: pageOf(EntryView) },
});

const get = operation({
  id: 'get${Name}Entry',
  method: 'GET',
  path: '/${name}-entries/:entryId',
  tag,
  summary: { vi: 'Một mục', en: 'One entry' },
  permission: '${name}.read',
  etag: 'returns',
  params,
  response: { status: 200, schema: EntryView },
  problems: [EntryNotFound],
});

const create = operation({
  id: 'add${Name}Entry',
  method: 'POST',
  path: '/${name}-entries',
  tag,
  summary: { vi: 'Thêm mục', en: 'Add an entry' },
  permission: '${name}.manage',
  idempotent: true,
  body: EntryInput,
  response: { status: 201, schema: EntryView },
  problems: [EntryTitleEmpty],
});

const change = operation({
  id: 'change${Name}Entry',
  method: 'PUT',
  path: '/${name}-entries/:entryId',
  tag,
  summary: { vi: 'Sửa mục', en: 'Change an entry' },
  permission: '${name}.manage',
  etag: 'requires',
  params,
  body: EntryInput,
  response: { status: 200, schema: EntryView },
  problems: [EntryNotFound, EntryTitleEmpty],
});

@Controller()
export class EntriesController {
  constructor(@Inject(EntriesService) private readonly entries: EntriesService) {}

  @Operation(list)
  list({ query }: Input<typeof list>) {
    return this.entries.list(query);
  }

  @Operation(get)
  get({ params: { entryId } }: Input<typeof get>) {
    return this.entries.get(entryId);
  }

  @Operation(create)
  create({ body }: Input<typeof create>) {
    return this.entries.create(body);
  }

  @Operation(change)
  change({ params: { entryId }, body, ifMatch }: Input<typeof change>) {
    return this.entries.change(entryId, body, ifMatch);
  }
}
`,
    [`${app}/project.json`]: project(name, app, 'app', name),
    [`${app}/migrations/${timestamp}-create-${name}.sql`]: `CREATE TABLE entry (
  id uuid PRIMARY KEY,
  agency_id uuid NOT NULL,
  version integer NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  title text NOT NULL
);
SELECT platform.protect('entry');
`,
    [`${app}/migrations/rights.sql`]: `-- What the application may do with each table (psql's :app is its role); what does not stand here it may not.
GRANT SELECT, INSERT, UPDATE ON entry TO :app;
`,
    [`${app}/src/${name}.config.ts`]: `import { platformSettings } from '@qlvb/platform-service';
import { z } from 'zod';

export const ${name}Config = z.object({ ...platformSettings });
export type ${Name}Config = Readonly<z.output<typeof ${name}Config>>;
`,
    [`${app}/src/app.module.ts`]: `import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { ${Name.toUpperCase()}_ENTITIES, ${Name}Module } from '@qlvb/${name}-feature';
import type { BusConfig } from '@qlvb/platform-bus';
import { PlatformModule } from '@qlvb/platform-service';
import type { ${Name}Config } from './${name}.config.ts';

@Module({})
export class AppModule {
  static forRoot(config: ${Name}Config, bus: BusConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [
        PlatformModule.forRoot({ service: '${name}', settings: config, bus, entities: ${Name.toUpperCase()}_ENTITIES }),
        ${Name}Module,
      ],
    };
  }
}
`,
    [`${app}/src/main.ts`]: `import { busConfigOf, QlvbBusStrategy } from '@qlvb/platform-bus';
import { loadConfig } from '@qlvb/platform-config';
import { bootstrap } from '@qlvb/platform-service';
import { AppModule } from './app.module.ts';
import { ${name}Config } from './${name}.config.ts';

const config = loadConfig(${name}Config);
await bootstrap({
  name: '${name}',
  module: AppModule.forRoot(config, busConfigOf(config)),
  config,
  strategies: (app) => [app.get(QlvbBusStrategy)],
});
`,
    [`${app}/test/entries.e2e-spec.ts`]: `import { join } from 'node:path';
import { startTestService } from '@qlvb/platform-service-testing';
import type { TestService } from '@qlvb/platform-service-testing';
import { newId } from '@qlvb/shared-domain';
import { AppModule } from '../src/app.module.ts';
import { ${name}Config } from '../src/${name}.config.ts';

interface Entry {
  readonly entryId: string;
  readonly version: number;
  readonly title: string;
}

const permissions = ['${name}.read', '${name}.manage'];
const person = { userId: newId(), agencyId: newId(), permissions };
const stranger = { userId: newId(), agencyId: newId(), permissions };
let test: TestService;

beforeAll(async () => {
  test = await startTestService({
    name: '${name}',
    schema: ${name}Config,
    module: (config, bus) => AppModule.forRoot(config, bus),
    migrations: [join(import.meta.dirname, '..', 'migrations')],
  });
});
afterAll(() => test.stop());

const add = (title = 'Mục thử', key?: string): Promise<Entry> =>
  test.json<Entry>('/${name}-entries', { as: person, body: { title }, status: 201, ...(key ? { key } : {}) });

describe('entries', () => {
  it('are added once under one Idempotency-Key, read and listed', async () => {
    const key = \`once-\${newId()}\`;
    const first = await add('Mục một', key);
    expect(await add('Mục một', key)).toEqual(first);
    expect(await test.json('/${name}-entries/' + first.entryId, { as: person })).toEqual(first);
    const { items } = await test.json<{ items: Entry[] }>('/${name}-entries', { as: person });
    expect(items.filter(({ entryId }) => entryId === first.entryId)).toEqual([first]);
  });

  it('change only for who has read the present version', async () => {
    const { entryId } = await add();
    const change = (ifMatch: string) =>
      test.ask(\`/${name}-entries/\${entryId}\`, { as: person, method: 'PUT', body: { title: 'Khác' }, ifMatch });
    expect((await change('"1"')).status).toBe(200);
    expect((await change('"1"')).status).toBe(412);
  });

  it('are refused without a title that has letters', async () => {
    const answer = await test.ask('/${name}-entries', { as: person, body: { title: '12' } });
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([422, '${name}.entry-title-empty']);
  });

  it('API1 are not there for another agency', async () => {
    const { entryId } = await add();
    expect((await test.ask(\`/${name}-entries/\${entryId}\`, { as: stranger })).status).toBe(404);
    expect(await test.json('/${name}-entries', { as: stranger })).toMatchObject({ items: [] });
  });
});
`,
    [`${app}/README.md`]: `# ${name}

## Responsibility

## Rules

| Rule | Where |
| ---- | ----- |

## HTTP

\`/${name}-entries\`

## Events in and out

None yet.

## Data and configuration

Table \`entry\`, under row-level security. Settings: those of every service.

## Why
`,
  };
}
