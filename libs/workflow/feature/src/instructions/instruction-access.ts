import type { Permission } from '@qlvb/contracts';
import type { Actor } from '@qlvb/platform-context';
import type { InstructionEntity } from './instruction.entity.ts';

/** Those who see every incoming document of the agency: clerks, leaders, auditors. */
const SEE_ALL: readonly Permission[] = ['incoming-documents.accept', 'instructions.issue', 'audit.read'];

type People = Pick<InstructionEntity, 'lead' | 'coHandlers' | 'followUp' | 'issuedBy'>;

const takesPart = ({ lead, coHandlers, followUp, issuedBy }: People, { userId }: Actor): boolean =>
  [lead, ...coHandlers, followUp, issuedBy].some((person) => person?.userId === userId);

/**
 * The instructions on a document are seen by those who see the document: whoever was given part of the work reads all of
 * them, as on the handling slip.
 *
 * @source SEC-Z05
 */
export const maySeeInstructions = (instructions: readonly People[], actor: Actor): boolean =>
  SEE_ALL.some((permission) => actor.permissions.includes(permission)) ||
  instructions.some((instruction) => takesPart(instruction, actor));
