-- What the application may do with each table (psql's :app is its role); what does not stand here it may not.
-- A number once given and a document once issued do not change; drafts, checks and grants of signing are only added. A version that
-- was signed and superseded is marked so, once.
GRANT SELECT, INSERT, DELETE ON file TO :app;
GRANT UPDATE (version) ON file TO :app; -- what SELECT … FOR UPDATE asks for
GRANT SELECT, INSERT ON file_use TO :app;
GRANT SELECT, INSERT, UPDATE ON outgoing_document TO :app;
GRANT SELECT, INSERT ON draft_version TO :app;
GRANT UPDATE (superseded) ON draft_version TO :app;
GRANT SELECT, INSERT ON review_check TO :app;
GRANT SELECT, INSERT ON layout_report TO :app;
GRANT UPDATE (version, updated_at, state, failure, page_count, findings) ON layout_report TO :app;
GRANT SELECT, INSERT ON numbering_plan TO :app;
GRANT UPDATE (version, updated_at, groups) ON numbering_plan TO :app;
GRANT SELECT, INSERT ON number_sequence TO :app;
GRANT UPDATE (last_number, last_date) ON number_sequence TO :app;
GRANT SELECT, INSERT, UPDATE ON incoming_document TO :app;
GRANT SELECT, INSERT, UPDATE ON delivery_status TO :app;
GRANT SELECT, INSERT ON signing_grant TO :app;
GRANT UPDATE (version, updated_at, revocation) ON signing_grant TO :app;

SELECT platform.only_forward('number_sequence', 'last_number');
SELECT platform.only_forward('outgoing_document', 'version');
SELECT platform.only_forward('incoming_document', 'version');
SELECT platform.set_once('outgoing_document', 'agency_id', 'created_at', 'drafter', 'number', 'document_code', 'code_notation', 'issued_on',
  'register_year', 'sequence_key', 'issued_at', 'issued_late', 'cancellation');
SELECT platform.set_once('draft_version', 'superseded');
-- From the number on what the register says stays; from the issue on nothing changes but what happens to it afterwards. Between the
-- two a main file that proves unusable goes back and is signed anew.
SELECT platform.fixed_after('outgoing_document', 'number', 'subject', 'document_type', 'is_normative', 'signer', 'competence',
  'signer_title', 'lead_unit_id', 'field');
SELECT platform.fixed_after('outgoing_document', 'issued_at', 'files', 'recipients', 'urgency', 'page_count', 'reply_due_on',
  'attachment_replacement', 'correction', 'draft_version', 'signed_at', 'agency_signed_at');
SELECT platform.set_once('incoming_document', 'agency_id', 'package_id', 'arrived_at', 'arrival_number', 'arrival_year', 'arrival_date',
  'accepted_by', 'accepted_at', 'refusal');
SELECT platform.set_once('signing_grant', 'revocation');
SELECT platform.set_once('layout_report', 'page_count', 'findings');
-- Documents own the rows of access: what stood once stays to be seen.
REVOKE DELETE ON access_row FROM :app;
