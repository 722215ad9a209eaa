import 'reflect-metadata';
import { createParamDecorator, HttpCode, RequestMapping, RequestMethod, Res } from '@nestjs/common';
import type { ExecutionContext, Type } from '@nestjs/common';
import { DeclareAccess } from '@qlvb/platform-auth';
import { checkSpec, fullPath, successStatus } from './operation.ts';
import type { AnyInput, Input, OperationSpec, Result } from './operation.ts';

const OPERATION_METADATA = 'qlvb:operation';
const INPUT = Symbol('input');

/** Lets a declaration stand on its own, so that a handler can name its type: `Input<typeof createDraft>`. */
export const operation = <const S extends OperationSpec>(spec: S): S => spec;

/**
 * Makes a controller's method an operation of the API. From this one declaration come the route, the permission check,
 * the validation of input and answer, and the OpenAPI document.
 *
 * @example
 * ```ts
 * @Operation({ id: 'readRegister', method: 'GET', path: '/registers/:id', summary: 'Đọc sổ', permission: 'documents.register.read',
 *   params: z.object({ id: z.uuid() }), response: { status: 200, schema: RegisterView } })
 * read({ params }: { params: { id: string } }) { return this.registers.read(params.id); }
 * ```
 */
export function Operation<const S extends OperationSpec>(spec: S) {
  checkSpec(spec);
  return <M extends (input: Input<S>) => Result<S> | Promise<Result<S>>>(
    target: object,
    key: string | symbol,
    descriptor: TypedPropertyDescriptor<M>,
  ): void => {
    const handler = descriptor.value as object;
    declared.push(spec);
    Reflect.defineMetadata(OPERATION_METADATA, spec, handler);
    DeclareAccess(spec)(target, key, descriptor);
    RequestMapping({ path: fullPath(spec), method: RequestMethod[spec.method] })(target, key, descriptor);
    HttpCode(successStatus(spec))(target, key, descriptor);
    TakeInput()(target, key, 0);
    // With the raw reply among its parameters Nest leaves sending to the operation interceptor.
    Res()(target, key, 1);
  };
}

const TakeInput = createParamDecorator((_data: unknown, execution: ExecutionContext): unknown => {
  return execution.switchToHttp().getRequest<{ [INPUT]?: unknown }>()[INPUT];
});

/** Leaves the validated input on the request, where the handler's parameter picks it up. */
export function setInput(request: object, input: AnyInput): void {
  Object.assign(request, { [INPUT]: input });
}

const declared: OperationSpec[] = [];

/** Every operation of the modules loaded so far, in the order of loading: for documents, without starting anything. */
export const declaredOperations = (): readonly OperationSpec[] => [...declared];

export const operationOf = (handler: object): OperationSpec | undefined =>
  Reflect.getMetadata(OPERATION_METADATA, handler) as OperationSpec | undefined;

/** The operations of a controller class, in the order of its methods. */
export function operationsOfController(controller: Type): OperationSpec[] {
  const prototype = controller.prototype as Record<string, unknown>;
  return Object.getOwnPropertyNames(prototype)
    .map((name) => Object.getOwnPropertyDescriptor(prototype, name)?.value as unknown)
    .filter((value): value is object => typeof value === 'function')
    .map((handler) => operationOf(handler))
    .filter((spec) => spec !== undefined);
}

/**
 * Every operation of a module and the modules it imports, found from the declarations alone: nothing is started.
 */
export async function operationsOf(module: unknown, seen = new Set<unknown>()): Promise<OperationSpec[]> {
  const resolved = await forwarded(module);
  if (seen.has(resolved)) return [];
  seen.add(resolved);
  const dynamic = isDynamicModule(resolved) ? resolved : undefined;
  const type = (dynamic ? dynamic.module : resolved) as Type;
  const read = (name: 'controllers' | 'imports'): unknown[] => [
    ...((Reflect.getMetadata(name, type) as unknown[] | undefined) ?? []),
    ...(dynamic?.[name] ?? []),
  ];
  const found = read('controllers').flatMap((controller) => operationsOfController(controller as Type));
  for (const imported of read('imports')) found.push(...(await operationsOf(imported, seen)));
  return found;
}

interface DynamicModuleLike {
  readonly module: unknown;
  readonly controllers?: unknown[];
  readonly imports?: unknown[];
}

const isDynamicModule = (value: unknown): value is DynamicModuleLike =>
  typeof value === 'object' && value !== null && 'module' in value;

async function forwarded(module: unknown): Promise<unknown> {
  const value = await module;
  const forward = (value as { forwardRef?: () => unknown } | undefined)?.forwardRef;
  return forward ? forward() : value;
}
