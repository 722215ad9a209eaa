import { Catch, UseFilters } from '@nestjs/common';
import type { RpcExceptionFilter } from '@nestjs/common';
import { EventPattern } from '@nestjs/microservices';
import type { EventDeclaration, EventOf } from '@qlvb/contracts';
import { throwError } from 'rxjs';
import type { Observable } from 'rxjs';

/** Nest's default filter replaces an error by "Internal server error"; the bus needs the error itself to judge it. */
@Catch()
class KeepError implements RpcExceptionFilter {
  catch(exception: unknown): Observable<never> {
    return throwError(() => exception);
  }
}

export const DECLARATION = 'declaration';

type EventMethod<Declaration> = (event: EventOf<Declaration>) => Promise<void>;

/**
 * Declares a method of a controller as the handler of an event. It receives the validated event, inside the inbox's
 * transaction: what it writes there happens once, however often the event is delivered.
 *
 * @example
 * ```ts
 * @OnEvent(DocumentIssued)
 * async onIssued(event: EventOf<typeof DocumentIssued>): Promise<void> { … }
 * ```
 */
export function OnEvent<const Declaration extends Pick<EventDeclaration, 'type' | 'topic'>>(declaration: Declaration) {
  const decorators = [
    EventPattern(declaration.type, { [DECLARATION]: declaration }) as MethodDecorator,
    UseFilters(new KeepError()),
  ];
  return <Method extends EventMethod<Declaration>>(
    target: object,
    name: string | symbol,
    method: TypedPropertyDescriptor<Method>,
  ): void => {
    for (const decorate of decorators) decorate(target, name, method);
  };
}
