import { OutgoingDocumentIssued } from '@qlvb/contracts';
import { colleaguesOf, colleagueSuite } from '@qlvb/platform-service-testing';
import type { ColleagueName, ColleagueRow } from '@qlvb/platform-service-testing';
import { PostRoom, SENDER } from './post-room.ts';
import type { DeliveryDetail } from './post-room.ts';

const colleagues = colleaguesOf(SENDER);
const { clerk } = colleagues;

let room: PostRoom;
beforeAll(async () => {
  room = await PostRoom.open();
  for (const { agencyId, userId, postId, unitId, fullName } of Object.values(colleagues)) {
    await room.employ({ agencyId, userId, postId, unitId }, fullName);
  }
});
afterAll(() => room.test.stop());

/** The officer whose document it is, and to whom the register of outgoing documents is open. */
const READERS: ColleagueName[] = ['part', 'clerk', 'auditor'];

type Sent = DeliveryDetail & { readonly documentId: string };

/** A document to an agency that exists, or to one that cannot be reached. */
async function sent(code: string, status: string): Promise<Sent> {
  const data = await room.issued([code]);
  await room.test.deliver(OutgoingDocumentIssued, SENDER, data);
  await room.tellAccess(data.documentId, [colleagues.part]);
  const [delivery] = await room.arrived(data.documentId, status);
  if (!delivery) throw new Error('no delivery');
  return { ...delivery, documentId: data.documentId };
}

const once = <T>(make: () => Promise<T>): (() => Promise<T>) => {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
};
const STATES = {
  'a delivery that arrived': once(() => sent('H46.03', '01')),
  'a delivery that failed': once(() => sent('H46.99', 'send_failed')),
};

const reads = Object.entries(STATES).flatMap(([on, thing]): ColleagueRow[] => [
  {
    operation: 'GET /deliveries',
    on,
    attempt: async () => {
      const { documentId, deliveryId } = await thing();
      return { path: `/deliveries?documentId=${documentId}`, marks: [deliveryId] };
    },
    done: READERS,
  },
  {
    operation: 'GET /deliveries',
    on: `${on}, among all`,
    attempt: async () => ({ path: '/deliveries?limit=100', marks: [(await thing()).deliveryId] }),
    done: READERS,
  },
  {
    operation: 'GET /deliveries/:deliveryId',
    on,
    attempt: async () => {
      const { documentId, deliveryId } = await thing();
      return { path: `/deliveries/${deliveryId}`, marks: [documentId] };
    },
    done: READERS,
  },
]);

const arrived = STATES['a delivery that arrived'];
const on = 'a package of a document';
const packages: ColleagueRow[] = [
  {
    operation: 'GET /packages',
    on,
    attempt: async () => {
      const { documentId, packageId } = await arrived();
      return { path: `/packages?documentId=${documentId}`, marks: [packageId] };
    },
    done: ['clerk'],
  },
  {
    operation: 'GET /packages/:packageId',
    on,
    attempt: async () => {
      const { documentId, packageId } = await arrived();
      return { path: `/packages/${packageId}`, marks: [documentId] };
    },
    done: ['clerk'],
  },
  {
    operation: 'GET /packages/:packageId/content',
    on,
    attempt: async () => ({ path: `/packages/${(await arrived()).packageId}/content`, marks: ['<'] }),
    done: ['clerk'],
  },
];

const acts: ColleagueRow[] = (
  [
    ['retries', {}],
    ['cancellations', { reason: 'Gửi bằng đường bưu điện.' }],
  ] as const
).map(([name, body]) => ({
  operation: `POST /deliveries/:deliveryId/${name}`,
  on: 'a delivery that failed',
  attempt: async () => ({ path: `/deliveries/${(await sent('H46.99', 'send_failed')).deliveryId}/${name}`, body }),
  done: ['clerk'],
}));

describe('F-22 SEC-Z02 SEC-Z05 deliveries among colleagues', () => {
  colleagueSuite({
    test: () => room.test,
    colleagues,
    rows: [...reads, ...packages, ...acts],
    others: {
      'GET /partners': 'the catalogue of agencies is the same for everybody',
      'GET /received-packages': 'the clerks’ desk: a matter of the permission alone',
      'GET /received-packages/:packageId': 'the clerks’ desk: a matter of the permission alone',
      'GET /received-packages/:packageId/content': 'the clerks’ desk: a matter of the permission alone',
      'POST /received-packages/:packageId/decisions': 'the clerks’ desk: a matter of the permission alone',
    },
  });

  it('F-22 SEC-Z02 before the rights of a document have come, nobody sees its deliveries', async () => {
    const data = await room.unheardOf(['H46.03']);
    await room.test.deliver(OutgoingDocumentIssued, SENDER, data);
    const seen = async (): Promise<number[]> =>
      Promise.all(
        [colleagues.part, clerk].map(async (as) => {
          const { items } = await room.test.json<{ items: unknown[] }>(`/deliveries?documentId=${data.documentId}`, {
            as,
          });
          return items.length;
        }),
      );
    expect(await seen()).toEqual([0, 0]);
    await room.tellAccess(data.documentId, [colleagues.part]);
    expect(await seen()).toEqual([1, 1]);
  });

  it('F-22 SEC-Z02 who lost his part sees the deliveries no more', async () => {
    const { documentId, deliveryId } = await sent('H46.03', '01');
    await room.tellAccess(documentId, []);
    const answer = await room.test.ask(`/deliveries/${deliveryId}`, { as: colleagues.part });
    expect([answer.status, ((await answer.json()) as { code?: string }).code]).toEqual([
      404,
      'exchange.delivery-missing',
    ]);
  });
});
