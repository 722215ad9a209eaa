import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { keyOf } from '@qlvb/platform-storage';
import pg from 'pg';
import { check, outcomeOf } from './checker/check.ts';
import { difference, outcomeFaults } from './checker/outcome.ts';
import { chaosSuite } from './chaos-suite.ts';

describe('processes killed during the main job, bus postgres', () => {
  const platform = chaosSuite('postgres');

  describe('the checker sees what is broken by hand', () => {
    const history = (): string => join(platform().data, 'first', 'history.jsonl');
    const change = async (database: string, sql: string): Promise<string> => {
      const client = new pg.Client({ connectionString: platform().databaseUrl(database) });
      await client.connect();
      try {
        await client.query('SET session_replication_role = replica');
        const { rows } = await client.query<{ value?: string }>(sql);
        expect(rows).not.toEqual([]);
        return rows[0]?.value ?? '';
      } finally {
        await client.end();
      }
    };
    const faults = async (): Promise<string> => (await check(platform(), history(), { patienceMs: 0 })).join('\n');

    it('is content before', async () => expect(await faults()).toBe(''));

    it.each([
      ['a delivery that is gone', 'qlvb_exchange', `UPDATE delivery SET document_id = gen_random_uuid() WHERE id = (SELECT id FROM delivery ORDER BY created_at LIMIT 1) RETURNING id AS value`, /recipients, 2 deliveries/], // prettier-ignore
      ['a number that was skipped', 'qlvb_documents', `UPDATE number_sequence SET last_number = last_number + 1 WHERE sequence_key = 'arrival' RETURNING 1`, /arrivals of/], // prettier-ignore
      ['a task that was doubled', 'qlvb_workflow', `INSERT INTO task SELECT r.* FROM task t, jsonb_populate_record(NULL::task, to_jsonb(t) || jsonb_build_object('id', gen_random_uuid())) r WHERE t.instruction_id IS NOT NULL LIMIT 1 RETURNING 1`, /tasks/], // prettier-ignore
      ['an audit entry that was altered', 'qlvb_documents', `UPDATE platform.audit SET entry = replace(entry, '"action"', '"act1on"') WHERE seq = 2 RETURNING 1`, /audit of documents/], // prettier-ignore
      ['what dossiers hold gone', 'qlvb_archive', `UPDATE dossier SET documents = '[]' RETURNING 1`, /filed 0 times/], // prettier-ignore
      ['a command that was forgotten', 'qlvb_documents', `DELETE FROM platform.idempotency RETURNING 1`, /stored 0 times/], // prettier-ignore
    ])('%s', async (_what, database, sql, sentence) => {
      await change(database, sql);
      expect(await faults()).toMatch(sentence);
    });

    it.each([
      ['statuses taken back', 'qlvb_exchange', `DELETE FROM delivery_event WHERE status IN ('04', '05', '06') RETURNING 1`, /exchange\.delivery_event 06/], // prettier-ignore
      ['a delivery back to 03', 'qlvb_exchange', `UPDATE delivery SET status = '03' WHERE status = '06' RETURNING 1`, /exchange\.delivery 03/], // prettier-ignore
      ['status packages gone', 'qlvb_exchange', `DELETE FROM package WHERE kind = 'status' RETURNING 1`, /exchange\.package .*status/], // prettier-ignore
      ['incoming documents as they arrived', 'qlvb_documents', `UPDATE incoming_document SET state = 'arrived' RETURNING 1`, /documents\.incoming_document .*arrived/], // prettier-ignore
      ['the issued document a draft again', 'qlvb_documents', `UPDATE outgoing_document SET state = 'drafting' RETURNING 1`, /documents\.outgoing_document .*drafting/], // prettier-ignore
      ['a version of the draft gone', 'qlvb_documents', `DELETE FROM draft_version WHERE draft_version = 2 RETURNING 1`, /documents\.draft_version/], // prettier-ignore
      ['checks gone', 'qlvb_documents', `DELETE FROM review_check RETURNING 1`, /documents\.review_check/], // prettier-ignore
      ['files doubled', 'qlvb_documents', `INSERT INTO file SELECT r.* FROM file t, jsonb_populate_record(NULL::file, to_jsonb(t) || jsonb_build_object('id', gen_random_uuid())) r LIMIT 1 RETURNING 1`, /documents\.file .*1 added/], // prettier-ignore
      ['the instruction gone', 'qlvb_workflow', `DELETE FROM instruction RETURNING 1`, /workflow\.instruction/], // prettier-ignore
      ['a finished task doubled', 'qlvb_workflow', `INSERT INTO task SELECT r.* FROM task t, jsonb_populate_record(NULL::task, to_jsonb(t) || jsonb_build_object('id', gen_random_uuid())) r WHERE t.instruction_id IS NULL AND t.state = 'completed' LIMIT 1 RETURNING 1`, /workflow\.task .*completed/], // prettier-ignore
      ['a chain of the audit gone, head and all', 'qlvb_workflow', `WITH heads AS (DELETE FROM platform.audit_head) DELETE FROM platform.audit RETURNING 1`, /workflow\.audit/], // prettier-ignore
      ['an outbox emptied', 'qlvb_documents', `DELETE FROM platform.outbox RETURNING 1`, /documents\.outbox documents\.outgoing-document\.issued/], // prettier-ignore
      ['sessions of signing gone', 'qlvb_signature', `DELETE FROM signing_session RETURNING 1`, /signature\.signing_session/], // prettier-ignore
      ['validations gone', 'qlvb_signature', `DELETE FROM validation RETURNING 1`, /signature\.validation/], // prettier-ignore
      ['dossiers gone', 'qlvb_archive', `DELETE FROM dossier RETURNING 1`, /archive\.dossier /], // prettier-ignore
    ])('%s', async (_what, database, sql, sentence) => {
      const before = await outcomeOf(platform());
      await change(database, sql);
      const faults = outcomeFaults(new Map(), difference(before, await outcomeOf(platform())));
      expect(faults.join('\n')).toMatch(sentence);
    });

    it('an object that is gone', async () => {
      const sha256 = await change('qlvb_documents', 'SELECT sha256 AS value FROM file LIMIT 1');
      rmSync(join(platform().data, 'objects', keyOf(sha256)));
      expect(await faults()).toContain(sha256);
    });
  });
});
