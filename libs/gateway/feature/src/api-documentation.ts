import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import type { OpenApiDocument } from '@qlvb/platform-http';
import { ServiceUnavailable } from './gateway.problems.ts';
import { GATEWAY_SETTINGS } from './gateway.settings.ts';
import type { GatewaySettings } from './gateway.settings.ts';
import { platformOpenApi } from './platform-open-api.ts';
import { SERVICE_NAMES } from './routes.ts';
import type { ServiceName } from './routes.ts';

const FRESH_MS = 30_000;
const ASSETS: ReadonlyMap<string, string> = new Map([
  ['swagger-ui.css', 'text/css; charset=utf-8'],
  ['swagger-ui-bundle.js', 'text/javascript; charset=utf-8'],
]);
const PAGE = `<!doctype html>
<html lang="vi">
<head><meta charset="utf-8"><title>QLVB – API</title><link rel="stylesheet" href="/api/docs/swagger-ui.css"></head>
<body><div id="api"></div><script src="/api/docs/swagger-ui-bundle.js"></script>
<script src="/api/docs/start.js"></script></body>
</html>
`;
const START = `SwaggerUIBundle({ url: '/api/docs/openapi.json', dom_id: '#api', deepLinking: true, tryItOutEnabled: true });\n`;

export interface DocumentationPart {
  readonly mediaType: string;
  readonly content: string | Buffer;
}

/** One description of all services, and a page to browse it. */
@Injectable()
export class ApiDocumentation {
  readonly #services: readonly (readonly [ServiceName, string])[];
  #merged: { readonly at: number; readonly text: string } | undefined;

  constructor(@Inject(GATEWAY_SETTINGS) settings: GatewaySettings) {
    this.#services = SERVICE_NAMES.map((service) => [service, settings[`${service}Url`]]);
  }

  /** @returns undefined for a part there is not; @throws ServiceUnavailable when a service cannot tell its operations */
  async part(name: string): Promise<DocumentationPart | undefined> {
    if (name === '') return { mediaType: 'text/html; charset=utf-8', content: PAGE };
    if (name === 'start.js') return { mediaType: 'text/javascript; charset=utf-8', content: START };
    if (name === 'openapi.json')
      return { mediaType: 'application/json; charset=utf-8', content: await this.#openApi() };
    const mediaType = ASSETS.get(name);
    if (!mediaType) return undefined;
    const folder = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
    return { mediaType, content: readFileSync(join(folder, name)) };
  }

  async #openApi(): Promise<string> {
    if (this.#merged && performance.now() - this.#merged.at < FRESH_MS) return this.#merged.text;
    let documents: OpenApiDocument[];
    try {
      documents = await Promise.all(this.#services.map(([service, url]) => describe(service, url)));
    } catch (error) {
      // What was true a while ago serves a reader better than nothing.
      if (this.#merged) return this.#merged.text;
      throw error;
    }
    const text = JSON.stringify(platformOpenApi({ title: 'QLVB', version: '1' }, documents));
    this.#merged = { at: performance.now(), text };
    return text;
  }
}

async function describe(service: ServiceName, url: string): Promise<OpenApiDocument> {
  try {
    const response = await fetch(new URL('/-/openapi.json', url), { signal: AbortSignal.timeout(5000) });
    if (!response.ok) throw new Error(`${url} answered ${response.status}`);
    return (await response.json()) as OpenApiDocument;
  } catch (cause) {
    throw ServiceUnavailable({ service }, { cause });
  }
}
