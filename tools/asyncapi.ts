/** The AsyncAPI 3 description of every event of the platform, made from the declarations in libs/contracts. */
import { z } from 'zod';
import { cloudEventSchema, declaredEvents, describeFields } from '../libs/contracts/src/index.ts';

type Json = Record<string, unknown>;

const schemaOf = (schema: z.ZodType): Json => {
  const { $schema, ...rest } = z.toJSONSchema(schema, { io: 'input' }) as Json;
  void $schema;
  return rest;
};

export function asyncApi(version: string): Json {
  const events = declaredEvents();
  const channels: Json = {};
  const operations: Json = {};
  const messages: Json = {};
  for (const event of events) {
    const name = event.type.replaceAll('.', '-');
    const channelName = event.topic.replaceAll('.', '-');
    const channel = (channels[channelName] ??= {
      address: event.topic,
      description: event.urgent ? `Urgent messages travel in their own lane (${event.topic}.urgent).` : undefined,
      messages: {},
    }) as { messages: Json };
    channel.messages[name] = { $ref: `#/components/messages/${name}` };
    operations[`publish-${name}`] = {
      action: 'send',
      channel: { $ref: `#/channels/${channelName}` },
      summary: event.summary,
      messages: [{ $ref: `#/channels/${channelName}/messages/${name}` }],
    };
    messages[name] = {
      name: event.type,
      summary: event.summary,
      contentType: 'application/cloudevents+json',
      payload: {
        allOf: [
          { $ref: '#/components/schemas/CloudEvent' },
          {
            type: 'object',
            properties: { type: { const: event.type }, data: schemaOf(event.data) },
            required: ['type', 'data'],
          },
        ],
      },
      examples: [{ name: 'example', payload: { type: event.type, data: event.example } }],
    };
  }
  return describeFields({
    asyncapi: '3.0.0',
    info: {
      title: 'QLVB events',
      version,
      description:
        'CloudEvents 1.0 in structured JSON form. Delivered at least once, in order per key (the subject). Consumers remember the id.',
    },
    defaultContentType: 'application/cloudevents+json',
    channels,
    operations,
    components: { messages, schemas: { CloudEvent: schemaOf(cloudEventSchema) } },
  });
}
