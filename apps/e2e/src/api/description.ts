import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../workspace.ts';
import type { JsonSchema } from './json-sample.ts';

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly schema: JsonSchema;
}

/** One operation of the platform's API, as its published description tells it. */
export interface ApiOperation {
  readonly name: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'PATCH';
  /** With `{names}` in braces. */
  readonly path: string;
  readonly isPublic: boolean;
  readonly parameters: readonly Parameter[];
  /** Undefined when it takes none, or takes a file. */
  readonly body: JsonSchema | undefined;
  readonly takesFile: boolean;
  /** Codes of problems by status; a status of success has none. */
  readonly answers: ReadonlyMap<number, readonly string[]>;
}

interface Description {
  readonly paths: Record<string, Record<string, Described>>;
  readonly components: { readonly schemas: Record<string, JsonSchema> };
}

interface Described {
  readonly security: readonly unknown[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Record<string, { readonly schema: JsonSchema }> };
  readonly responses: Record<string, { readonly content?: Record<string, { readonly schema?: ProblemSchema }> }>;
}

interface ProblemSchema {
  readonly properties?: { readonly code?: { readonly enum?: readonly string[] } };
}

const document = JSON.parse(readFileSync(join(root, 'docs', 'openapi.json'), 'utf8')) as Description;

export const schemas = document.components.schemas;

export const operations: readonly ApiOperation[] = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, described]) => ({
    name: `${method.toUpperCase()} ${path}`,
    method: method.toUpperCase() as ApiOperation['method'],
    path,
    isPublic: described.security.length === 0,
    parameters: described.parameters ?? [],
    body: described.requestBody?.content['application/json']?.schema,
    takesFile: described.requestBody !== undefined && !described.requestBody.content['application/json'],
    answers: new Map(
      Object.entries(described.responses).map(([status, { content }]) => [
        Number(status),
        content?.['application/problem+json']?.schema?.properties?.code?.enum ?? [],
      ]),
    ),
  })),
);
