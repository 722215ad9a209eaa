-- A search is a list of words, each a regular expression that the folded text has to match (F-52). The first word, the longest,
-- is the one that the index is asked for. As before, the function asks for the agency itself.
DROP FUNCTION find_outgoing(text);
DROP FUNCTION find_incoming(text);
CREATE FUNCTION find_outgoing(words text[]) RETURNS SETOF uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public
  AS $$ SELECT id FROM outgoing_document
        WHERE agency_id = platform.current_agency() AND search ~ words[1] AND search ~ ALL (words) $$;
CREATE FUNCTION find_incoming(words text[]) RETURNS SETOF uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public
  AS $$ SELECT id FROM incoming_document
        WHERE agency_id = platform.current_agency() AND search ~ words[1] AND search ~ ALL (words) $$;
