-- Whoever ends sessions gets their ids, to tell the other services of them.
DROP FUNCTION end_sessions(uuid, text);
CREATE FUNCTION end_sessions(p_user uuid, p_reason text) RETURNS SETOF uuid
  LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_catalog
  AS $$ UPDATE session SET ended_at = clock_timestamp(), end_reason = p_reason WHERE user_id = p_user AND ended_at IS NULL
        RETURNING id $$;

-- A new password ends the sessions of the old one by end_sessions, in the same transaction.
CREATE OR REPLACE FUNCTION login_new_password(p_user uuid, p_hash text) RETURNS void
  LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_catalog
  AS $$ UPDATE account SET password_hash = p_hash, must_change_password = false, initial_password_until = NULL,
               version = version + 1, updated_at = clock_timestamp()
        WHERE id = p_user $$;

REVOKE ALL ON FUNCTION end_sessions(uuid, text) FROM PUBLIC;
