import { createHash, randomBytes } from 'node:crypto';

/** What a refresh token says: where its family is kept, which generation it is, and a secret. */
export interface RefreshToken {
  readonly agencyId: string;
  readonly sessionId: string;
  readonly generation: number;
  readonly secret: string;
}

const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const FORM = new RegExp(`^(${UUID})\\.(${UUID})\\.(\\d{1,9})\\.([\\w-]{43})$`);

export const newSecret = (): string => randomBytes(32).toString('base64url');

export const writeRefreshToken = ({ agencyId, sessionId, generation, secret }: RefreshToken): string =>
  `${agencyId}.${sessionId}.${generation}.${secret}`;

export function readRefreshToken(text: string): RefreshToken | undefined {
  const [, agencyId, sessionId, generation, secret] = FORM.exec(text) ?? [];
  if (!agencyId || !sessionId || !generation || !secret) return undefined;
  return { agencyId, sessionId, generation: Number(generation), secret };
}

export const hashSecret = (secret: string): Buffer => createHash('sha256').update(secret).digest();
