-- What the application may do with each table (psql's :app is its role); what does not stand here it may not.
-- Codes and numbers of persons that were ever given stay: neither is given to another.
GRANT SELECT, INSERT ON agency TO :app;
GRANT UPDATE (version, name, short_name, code_source, symbol_aliases, valid_from, valid_to, successor_id, parent_id, subdomain,
  place_of_issue, level) ON agency TO :app;
GRANT SELECT, INSERT ON agency_code TO :app;
GRANT UPDATE (valid_to) ON agency_code TO :app;
GRANT SELECT, INSERT, UPDATE ON unit TO :app;
GRANT SELECT, INSERT, UPDATE ON post TO :app;
GRANT SELECT, INSERT, UPDATE ON account TO :app;
-- What was proposed stays as it was; deciding fills in the rest and erases the number.
GRANT SELECT, INSERT ON account_proposal TO :app;
GRANT UPDATE (version, updated_at, state, in_effect, user_id, post_id, cccd_sealed, decided_by, decided_at, decision_reason)
  ON account_proposal TO :app;
GRANT SELECT, INSERT ON agency_proposal TO :app;
GRANT UPDATE (version, updated_at, state, decided_by, decided_at, decision_reason) ON agency_proposal TO :app;
-- Who invited whom, and until when, stays; the second part comes once, and so does the end.
GRANT SELECT, INSERT ON invitation TO :app;
GRANT UPDATE (version, updated_at, confirmed_by, confirmed_at, second_hash, ended_at) ON invitation TO :app;
GRANT SELECT, INSERT ON former_cccd TO :app;
GRANT SELECT, INSERT, UPDATE, DELETE ON login_record TO :app;
GRANT SELECT, INSERT ON session TO :app;
GRANT UPDATE (token_hash, generation, used_at, ended_at, end_reason) ON session TO :app;
GRANT SELECT, INSERT ON signing_key TO :app;
GRANT UPDATE (retires_at) ON signing_key TO :app;
GRANT SELECT, INSERT, UPDATE ON calendar_year TO :app;

SELECT platform.only_forward('account', 'permission_version');
SELECT platform.only_forward('session', 'generation');
SELECT platform.set_once('session', 'ended_at', 'end_reason');
SELECT platform.set_once('invitation', 'confirmed_by', 'confirmed_at', 'second_hash', 'ended_at');
SELECT platform.set_once('account_proposal', 'user_id', 'post_id', 'decided_by', 'decided_at', 'decision_reason');
SELECT platform.fixed_after('account_proposal', 'decided_at', 'state', 'in_effect', 'cccd_sealed');
SELECT platform.set_once('agency_proposal', 'decided_by', 'decided_at', 'decision_reason');
SELECT platform.fixed_after('agency_proposal', 'decided_at', 'state');
