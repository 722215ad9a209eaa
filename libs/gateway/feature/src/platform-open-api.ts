import { describeFields } from '@qlvb/contracts';
import { TokenExpired, TokenInvalid } from '@qlvb/platform-auth';
import { addProblems, mergeOpenApi } from '@qlvb/platform-http';
import type { OpenApiDocument, OpenApiInfo } from '@qlvb/platform-http';
import { HostNotFound, ResourceNotFound, ServiceUnavailable, TooManyRequests, WrongHost } from './gateway.problems.ts';

/**
 * The API as seen from outside: the operations of all services, each with what the gateway itself may answer, and words for
 * every field.
 */
export const platformOpenApi = (info: OpenApiInfo, documents: readonly OpenApiDocument[]): object =>
  describeFields(
    addProblems(mergeOpenApi(info, documents), [
      HostNotFound,
      ResourceNotFound,
      ServiceUnavailable,
      TokenExpired,
      TokenInvalid,
      TooManyRequests,
      WrongHost,
    ]),
  );
