import { cloudEventSchema } from '@qlvb/contracts';
import type { CloudEvent, EventDeclaration } from '@qlvb/contracts';
import type { z } from 'zod';
import { PoisonRecord } from '../consumer/failure.ts';

/** @throws PoisonRecord when the text is not a CloudEvent */
export function readEnvelope(value: string): CloudEvent {
  let parsed: unknown;
  try {
    parsed = JSON.parse(value);
  } catch (cause) {
    throw new PoisonRecord('the record is not JSON', { cause });
  }
  const envelope = cloudEventSchema.safeParse(parsed);
  if (!envelope.success) throw new PoisonRecord(`the record is not a CloudEvent: ${faultsOf(envelope.error)}`);
  return envelope.data as CloudEvent;
}

/** @throws PoisonRecord when the data does not fit the declaration */
export function readEvent(declaration: EventDeclaration, envelope: CloudEvent): CloudEvent {
  const data = (declaration.accepts ?? declaration.data).safeParse(envelope.data);
  if (!data.success) throw new PoisonRecord(`the data does not fit ${declaration.type}: ${faultsOf(data.error)}`);
  return { ...envelope, data: data.data };
}

const faultsOf = (error: z.ZodError): string =>
  error.issues.map((issue) => `${issue.path.map(String).join('.') || '(root)'}: ${issue.message}`).join('; ');
