import { setTimeout as wait } from 'node:timers/promises';
import kafkajs from 'kafkajs';
import type { AclEntry, Admin } from 'kafkajs';
import type { KafkaBusConfig } from '../bus-config.ts';
import type { BusLog } from '../bus-log.ts';
import type { BusMember } from '../bus-member.ts';
import { BusRefused } from '../bus-refused.ts';
import { deadLetterTopic } from '../dead-letter.ts';
import { makeKafka, refusalOf, withAdmin } from './kafka-client.ts';
import { laneTopics, makeTopics } from './kafka-topics.ts';

const { AclOperationTypes, AclPermissionTypes, AclResourceTypes, ConfigResourceTypes, ResourcePatternTypes } = kafkajs;
const { TOPIC, GROUP } = AclResourceTypes;

/** Users of the platform are named so; whatever one of them holds is held by this list. */
const OURS = 'User:qlvb_';

/** A broker that is bringing partitions to its disk takes what was said after them only when it is done. */
const EFFECT_LIMIT_MS = 120_000;

export interface KafkaInstallation {
  /** Names of the topics that were made. */
  readonly topics: readonly string[];
  /** How many entries of the access lists came, and how many went. */
  readonly granted: number;
  readonly withdrawn: number;
}

/**
 * Says anew who may do what on the topics, and makes those that are missing: a service publishes its own, reads what it is declared to read as its own
 * group, and appends to that group's dead letters. What else any account may do to them is withdrawn. Harmless when that was done;
 * resolves when the brokers say that it is so.
 *
 * @param config under an account that may make topics and change access lists
 * @throws BusRefused when it is none
 * @throws Error when the brokers keep no access lists
 */
export async function installKafkaBus(
  config: KafkaBusConfig,
  members: readonly BusMember[],
  log: BusLog,
): Promise<KafkaInstallation> {
  try {
    return await withAdmin(makeKafka(config, log), (admin) => installAs(admin, config, members));
  } catch (error) {
    if (refusalOf(error) !== 'rights') throw error;
    throw new BusRefused(`Kafka does not let ${config.credentials.username} make topics and change access lists`, {
      cause: error,
    });
  }
}

async function installAs(
  admin: Admin,
  config: KafkaBusConfig,
  members: readonly BusMember[],
): Promise<KafkaInstallation> {
  await checkAuthorizer(admin);
  const wanted = members.flatMap(rightsOf);
  const admins = `User:${config.credentials.username}`;
  const differ = async (): Promise<Difference> => {
    const present = await listAcls(admin);
    const [has, wants] = [new Set(present.map(keyOf)), new Set(wanted.map(keyOf))];
    return {
      missing: wanted.filter((entry) => !has.has(keyOf(entry))),
      surplus: present.filter((entry) => !wants.has(keyOf(entry)) && isSurplus(entry, wanted, admins)),
    };
  };
  const { missing, surplus } = await differ();
  // What is new comes before what is old goes: a service at work is never without its rights.
  if (missing.length > 0) await admin.createAcls({ acl: missing });
  if (surplus.length > 0) await admin.deleteAcls({ filters: surplus });
  await untilEffective(differ);
  // Topics come last: none is ever there without its list, and the list does not wait for a few hundred partitions on a slow disk.
  const topics = await makeTopics(
    admin,
    config,
    members.flatMap(({ publishes, reads }) => [...publishes, ...reads]),
    members.map(({ group }) => group),
  );
  return { topics, granted: missing.length, withdrawn: surplus.length };
}

interface Difference {
  readonly missing: AclEntry[];
  readonly surplus: AclEntry[];
}

/** READ and WRITE imply DESCRIBE; an idempotent producer needs nothing beyond WRITE. */
function rightsOf({ role, group, publishes, reads }: BusMember): AclEntry[] {
  const entry = (resourceType: number, resourceName: string, operation: number): AclEntry => ({
    resourceType,
    resourceName,
    resourcePatternType: ResourcePatternTypes.LITERAL,
    principal: `User:${role}`,
    host: '*',
    operation,
    permissionType: AclPermissionTypes.ALLOW,
  });
  return [
    ...publishes.flatMap(laneTopics).map((topic) => entry(TOPIC, topic, AclOperationTypes.WRITE)),
    ...reads.flatMap(laneTopics).map((topic) => entry(TOPIC, topic, AclOperationTypes.READ)),
    entry(TOPIC, deadLetterTopic(group), AclOperationTypes.WRITE),
    entry(GROUP, group, AclOperationTypes.READ),
  ];
}

const keyOf = (entry: AclEntry): string =>
  [
    entry.resourceType,
    entry.resourceName,
    entry.resourcePatternType,
    entry.principal,
    entry.host,
    entry.operation,
    entry.permissionType,
  ].join('\n');

/** What a watching account may hold on our names: it changes nothing and reads no event. */
const WATCHING: ReadonlySet<number> = new Set([AclOperationTypes.DESCRIBE, AclOperationTypes.DESCRIBE_CONFIGS]);

function isSurplus(entry: AclEntry, wanted: readonly AclEntry[], admins: string): boolean {
  if (entry.principal === admins) return false;
  if (entry.principal.startsWith(OURS) || wanted.some(({ principal }) => principal === entry.principal)) return true;
  if (WATCHING.has(entry.operation) && entry.permissionType === AclPermissionTypes.ALLOW) return false;
  return wanted.some((right) => right.resourceType === entry.resourceType && touches(entry, right.resourceName));
}

const touches = ({ resourceName, resourcePatternType }: AclEntry, name: string): boolean =>
  resourcePatternType === ResourcePatternTypes.PREFIXED
    ? name.startsWith(resourceName)
    : resourceName === '*' || resourceName === name;

async function listAcls(admin: Admin): Promise<AclEntry[]> {
  const { resources } = await admin.describeAcls({
    resourceType: AclResourceTypes.ANY,
    resourcePatternType: ResourcePatternTypes.ANY,
    operation: AclOperationTypes.ANY,
    permissionType: AclPermissionTypes.ANY,
  });
  return resources.flatMap(({ acls, resourceType, resourceName, resourcePatternType }) =>
    acls.map((acl) => ({ resourceType, resourceName, resourcePatternType, ...acl })),
  );
}

/** The brokers learn of a change one after the other. */
async function untilEffective(differ: () => Promise<Difference>): Promise<void> {
  const end = Date.now() + EFFECT_LIMIT_MS;
  for (;;) {
    const { missing, surplus } = await differ();
    if (missing.length + surplus.length === 0) return;
    if (Date.now() > end)
      throw new Error(
        `Kafka has not taken ${missing.length} rights and kept ${surplus.length} after ${EFFECT_LIMIT_MS} ms`,
      );
    await wait(200);
  }
}

/** Without an authorizer there are no lists. Whether it refuses what no list speaks of, each service asks when it starts. */
async function checkAuthorizer(admin: Admin): Promise<void> {
  const { brokers } = await admin.describeCluster();
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: brokers.map(({ nodeId }) => ({
      type: ConfigResourceTypes.BROKER,
      name: String(nodeId),
      configNames: ['authorizer.class.name'],
    })),
  });
  for (const { resourceName, configEntries } of resources) {
    if (!configEntries.some(({ configValue }) => configValue))
      throw new Error(`Kafka's broker ${resourceName} keeps no access lists: set its authorizer.class.name`);
  }
}
