import { HttpException } from '@nestjs/common';
import { declaredProblems } from '@qlvb/shared-domain';
import type { InputFault } from '@qlvb/shared-domain';
import { InputInvalid } from './http.problems.ts';
import { problemSchema } from '../openapi/openapi-problems.ts';
import { problemCatalogue, renderProblem, toProblem } from './problem.ts';

describe('problems', () => {
  it.each<[unknown, string]>([
    [InputInvalid(), 'http.input-invalid'],
    [new HttpException('x', 404), 'http.route-unknown'],
    [new HttpException('x', 413), 'http.body-too-large'],
    [new HttpException('x', 418), 'http.request-malformed'],
    [new HttpException('x', 503), 'http.service-unavailable'],
    [Object.assign(new Error('x'), { statusCode: 414 }), 'http.path-too-long'],
    [Object.assign(new Error('x'), { statusCode: 502 }), 'http.unexpected'],
    [new Error('x'), 'http.unexpected'],
    [Object.assign(new Error('x'), { code: 'ECONNREFUSED' }), 'http.service-unavailable'],
    [new Error('x', { cause: Object.assign(new Error('y'), { code: '57P03' }) }), 'http.service-unavailable'],
    [new Error('x', { cause: Object.assign(new Error('y'), { code: '22007' }) }), 'http.request-malformed'],
    [new Error('x', { cause: Object.assign(new Error('y'), { code: '22012' }) }), 'http.unexpected'],
    ['a string', 'http.unexpected'],
    [undefined, 'http.unexpected'],
  ])('stand for %p', (thrown, code) => {
    expect(toProblem(thrown).code).toBe(code);
  });

  it('show no more than a hundred faults', () => {
    const faults = Array.from({ length: 500 }, (_, at) => ({
      pointer: `/body/${at}` as const,
      code: 'x',
      detail: { vi: 'x', en: 'x' },
    }));
    const about = { language: 'vi', requestId: 'r', traceId: 't' } as const;
    expect(renderProblem(InputInvalid({ count: 500 }, { faults }), about).errors).toHaveLength(100);
  });

  it('name a place of the request in one form, which the compiler holds for every problem', () => {
    const detail = { vi: 'x', en: 'x' };
    const places: InputFault['pointer'][] = ['/body', '/body/a~1b/0', '/query/limit', '/path/id', '/headers/if-match'];
    for (const wrong of ['/subject', 'body/subject', '#/body/subject', 'subject', '', '/Body'] as const) {
      // @ts-expect-error none of these is the form
      places.push(wrong);
    }
    const error = InputInvalid({ count: 1 }, { faults: [{ pointer: '/body/x', code: 'x', detail }] });
    expect(renderProblem(error, { language: 'en', requestId: 'r', traceId: 't' }).errors).toEqual([
      { pointer: '/body/x', code: 'x', detail: 'x' },
    ]);
    const { pointer } = problemSchema.shape.errors.unwrap().element.shape;
    expect(places.map((place) => pointer.safeParse(place).success)).toEqual([
      ...Array(5).fill(true),
      ...Array(6).fill(false),
    ]);
  });

  it('are all in the catalogue, each with a status and a sentence in both languages', () => {
    const catalogue = problemCatalogue();
    expect(catalogue).toHaveLength(declaredProblems().length);
    for (const entry of catalogue) {
      expect(entry.status).toBeGreaterThanOrEqual(400);
      for (const text of [entry.title.vi, entry.title.en, entry.detail.vi, entry.detail.en]) expect(text).not.toBe('');
    }
  });
});
