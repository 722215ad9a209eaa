import { z } from 'zod';
import { defineJob } from './define-job.ts';
import { pairHandlers } from './handlers.ts';
import type { Method } from './handlers.ts';

const data = z.object({});
const asked = defineJob({ kind: 'desk.send-letter', data });
const recurring = defineJob({ kind: 'desk.sweep-floor', data, scope: 'platform', everySeconds: 60 });
const methods = (...declarations: Method['declaration'][]): Map<string, Method> =>
  new Map(declarations.map((declaration) => [declaration.kind, { declaration, call: () => undefined }]));

describe('the handlers of a service', () => {
  it('carry out what was asked for and tell of its failure; what recurs is seen by the operator', () => {
    const handlers = pairHandlers(methods(asked, recurring), methods(asked));
    expect(handlers.map(({ declaration: { kind }, failed }) => [kind, failed !== undefined])).toEqual([
      ['desk.send-letter', true],
      ['desk.sweep-floor', false],
    ]);
  });

  it('are refused where nobody would be told that what was asked for was given up', () => {
    expect(() => pairHandlers(methods(asked), new Map())).toThrow('nobody tells when desk.send-letter is given up');
    expect(() => pairHandlers(new Map(), methods(asked))).toThrow('nobody carries out desk.send-letter');
  });
});
