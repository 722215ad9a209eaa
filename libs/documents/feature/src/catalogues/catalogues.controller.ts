import { createHash } from 'node:crypto';
import { Controller } from '@nestjs/common';
import { CATALOGUES } from '@qlvb/contracts';
import type { Catalogue, Label } from '@qlvb/contracts';
import { FINDINGS as LAYOUT_FINDINGS, PARTS as LAYOUT_PARTS } from '@qlvb/document-layout';
import { FINDINGS as PACKAGE_FINDINGS } from '@qlvb/edxml';
import { FINDINGS as SIGNATURE_FINDINGS } from '@qlvb/pdf-signature';
import { operation, Operation } from '@qlvb/platform-http';
import type { Input } from '@qlvb/platform-http';
import { z } from 'zod';
import { CatalogueNotFound } from './catalogues.problems.ts';

const label = z
  .object({ vi: z.string().describe('In Vietnamese'), en: z.string().describe('In English') })
  .meta({ id: 'Label' });
const version = z.int().describe('Mark of the content; another one when the catalogue changes');
const CatalogueName = z.object({ name: z.string(), title: label }).meta({ id: 'CatalogueName' });
const CatalogueView = CatalogueName.extend({
  version,
  entries: z.array(z.object({ code: z.string().describe('The code as it stands in data'), label })),
}).meta({ id: 'Catalogue' });

const listCatalogues = operation({
  id: 'listCatalogues',
  method: 'GET',
  path: '/catalogues',
  tag: 'catalogues',
  summary: { vi: 'Các danh mục của hệ thống', en: 'Catalogues of the platform' },
  authenticated: true,
  etag: 'returns',
  cached: true,
  response: { status: 200, schema: z.object({ version, items: z.array(CatalogueName) }) },
});

const getCatalogue = operation({
  id: 'getCatalogue',
  method: 'GET',
  path: '/catalogues/:name',
  tag: 'catalogues',
  summary: { vi: 'Một danh mục: mã và tên gọi', en: 'One catalogue: codes and labels' },
  authenticated: true,
  etag: 'returns',
  cached: true,
  params: z.object({ name: z.string().max(100) }),
  response: { status: 200, schema: CatalogueView },
  problems: [CatalogueNotFound],
});

const findings = (vi: string, en: string, entries: [string, Label][]): Catalogue => ({
  title: { vi, en },
  entries: Object.fromEntries(entries.map(([code, found]) => [code, { vi: found.vi, en: found.en }])),
});

/** Those of `libs/contracts`, and what the libraries of the formats can find. */
const ALL: ReadonlyMap<string, Catalogue> = new Map<string, Catalogue>([
  ...Object.entries(CATALOGUES),
  ['layout-findings', findings('Nhận xét về thể thức', 'Findings about the layout', Object.entries(LAYOUT_FINDINGS))],
  ['layout-parts', findings('Thành phần thể thức', 'Parts of the layout', Object.entries(LAYOUT_PARTS))],
  [
    'package-findings',
    findings(
      'Nhận xét về gói tin',
      'Findings about packages',
      Object.entries(PACKAGE_FINDINGS).map(([code, [, vi, en]]) => [code, { vi, en }]),
    ),
  ],
  [
    'signature-findings',
    findings('Nhận xét về chữ ký', 'Findings about signatures', Object.entries(SIGNATURE_FINDINGS)),
  ],
]);

/** The same for the same content, in every process. */
const versionOf = (content: unknown): number =>
  createHash('sha256').update(JSON.stringify(content)).digest().readUIntBE(0, 6);

const NAMES = [...ALL].map(([name, { title }]) => ({ name, title })).sort((a, b) => (a.name < b.name ? -1 : 1));
const LIST = { version: versionOf(NAMES), items: NAMES };

/** The words for every code of the API, so that no client invents its own. */
@Controller()
export class CataloguesController {
  @Operation(listCatalogues)
  list(): typeof LIST {
    return LIST;
  }

  /** @throws CatalogueNotFound */
  @Operation(getCatalogue)
  get({ params: { name } }: Input<typeof getCatalogue>): z.input<typeof CatalogueView> {
    const found = ALL.get(name);
    if (!found) throw CatalogueNotFound();
    const entries = Object.entries(found.entries).map(([code, words]) => ({ code, label: words }));
    return { name, title: found.title, version: versionOf(entries), entries };
  }
}
