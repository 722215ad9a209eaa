-- A dump is restored with an empty search path: what generated columns call has to name the schema of what it calls.
CREATE OR REPLACE FUNCTION fold_text(text) RETURNS text
  LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
  AS $$ SELECT replace(lower(public.unaccent('public.unaccent'::regdictionary, $1)), 'đ', 'd') $$;
