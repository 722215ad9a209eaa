import { declaredEvents } from './event.ts';

/** Which services read a topic; under its own account on the broker a service can read no other. */
const READERS: Readonly<Record<string, readonly string[]>> = {
  'archive.notification': ['workflow'],
  'axis.document-package': ['exchange'],
  'axis.status-package': ['exchange'],
  'documents.access': ['archive', 'exchange', 'signature', 'workflow'],
  'documents.incoming-document': ['archive', 'exchange', 'signature', 'workflow'],
  'documents.notification': ['workflow'],
  'documents.outgoing-document': ['archive', 'exchange', 'signature', 'workflow'],
  'exchange.delivery': ['documents'],
  'exchange.notification': ['workflow'],
  'exchange.package': ['documents'],
  'identity.agency': ['archive', 'documents', 'exchange', 'signature', 'workflow'],
  'identity.calendar': ['archive', 'documents', 'exchange', 'signature', 'workflow'],
  'identity.notification': ['workflow'],
  'identity.person': ['signature'],
  'identity.post': ['archive', 'documents', 'exchange', 'signature', 'workflow'],
  'identity.session': ['archive', 'documents', 'exchange', 'signature', 'workflow'],
  'signature.document': ['archive', 'documents'],
  'signature.notification': ['workflow'],
  'workflow.handling': ['documents', 'exchange'],
};

export interface TopicDeclaration {
  readonly name: string;
  /** The one service that publishes it. */
  readonly producer: string;
  readonly readers: readonly string[];
}

/** Every topic there is. The axis belongs to who is connected to it. */
export const topics = (): readonly TopicDeclaration[] =>
  [...new Set(declaredEvents().map(({ topic }) => topic))].map((name) => {
    const scope = name.split('.')[0] ?? '';
    return { name, producer: scope === 'axis' ? 'exchange' : scope, readers: READERS[name] ?? [] };
  });
