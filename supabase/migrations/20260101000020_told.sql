-- What may be told of a posting from outside. Whoever tells it may be a browser of an older or newer version, or nobody's browser:
-- what would not fit a column, overflow later, or could not be read again as what it is (core/posting/row.ts) is no event.

create function private.is_whole(p_number jsonb, p_most numeric) returns boolean
language plpgsql immutable set search_path = ''
as $$
begin
  return case when jsonb_typeof(p_number) = 'number'
    then p_number::numeric between 0 and p_most and p_number::numeric = trunc(p_number::numeric) else false end;
end
$$;

-- Null where it is left out.
create function private.is_integer(p_number jsonb, p_least integer, p_most integer) returns boolean
language plpgsql immutable set search_path = ''
as $$
begin
  return case coalesce(jsonb_typeof(p_number), 'null') when 'null' then null
    when 'number' then p_number::numeric between p_least and p_most and p_number::numeric = trunc(p_number::numeric)
    else false end;
end
$$;

-- Whether a client's time can be one, and be counted from: Postgres knows more of them ("infinity", "tomorrow", 44 BC) than
-- whoever reads it again. Null where it is left out.
create function private.is_near(p_time jsonb, p_within interval) returns boolean
language plpgsql volatile set search_path = ''
as $$
begin
  return case when p_time is null or p_time = 'null' then null
    when p_time #>> '{}' !~ '^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)$' then false
    else (p_time #>> '{}')::timestamptz between private.clock() - p_within and private.clock() + p_within end;
exception when data_exception then
  return false; -- the thirteenth month
end
$$;

-- An attempt, or a question: the next one has a number, too.
create function private.is_count(p_number jsonb) returns boolean
language plpgsql immutable set search_path = ''
as $$
begin
  return private.is_whole(p_number, 1000000);
end
$$;

create function private.is_fenced(e jsonb) returns boolean
language plpgsql immutable set search_path = ''
as $$
begin
  return private.is_whole(e -> 'fence', 9007199254740991);
end
$$;

-- Whether what is at this path is of this JSON type. No jsonpath, which looks into arrays by itself.
create function private.has(e jsonb, p_type text, variadic p_path text[]) returns boolean
language plpgsql immutable set search_path = ''
as $$
begin
  return coalesce(jsonb_typeof(e #> p_path) = p_type, false);
end
$$;
create function private.may_have(e jsonb, p_type text, variadic p_path text[]) returns boolean
language plpgsql immutable set search_path = ''
as $$
begin
  return coalesce(jsonb_typeof(e #> p_path), 'null') in (p_type, 'null');
end
$$;
create function private.are_all(p_values jsonb, p_type text) returns boolean
language plpgsql immutable set search_path = ''
as $$
begin
  return case when jsonb_typeof(p_values) = 'array' then not exists (
    select from jsonb_array_elements(p_values) v where jsonb_typeof(v) <> p_type) else false end;
end
$$;

-- Why a run ended (core/posting/endings.ts), with what its sentence needs; a test tells every one of them.
create function private.is_ending(e jsonb) returns boolean
language plpgsql immutable set search_path = ''
as $$
declare
  v_code constant text := e ->> 'code';
begin
  return coalesce(pg_column_size(e) < 32768 and case
    when v_code = 'stop' then e ->> 'stop' in ('login', 'captcha', 'checkpoint', 'block', 'limit')
    when v_code = 'page' then e ->> 'why' in ('keeps-reloading', 'too-many-pages', 'deadline', 'unfinished')
    when v_code = 'field' then private.has(e, 'string', 'label') and private.has(e, 'string', 'reason')
    when v_code = 'wrong-login' then private.has(e, 'string', 'expected') and private.may_have(e, 'string', 'shown')
    when v_code = 'list-unreadable' then private.has(e, 'string', 'why')
    when v_code = 'resting' then private.has(e, 'number', 'until')
    when v_code = 'service-away' then private.has(e, 'boolean', 'filled')
    when v_code = 'cancelled' then private.has(e, 'boolean', 'pressed') and private.has(e, 'boolean', 'filled')
    when v_code in ('several', 'unexplained-rows') then private.is_count(e -> 'count')
    when v_code in ('refused', 'item', 'photo', 'unreachable', 'account', 'refused-by-service', 'bug')
      then private.has(e, 'string', 'message')
    when v_code = 'stuck' then private.is_ending(e -> 'last')
    else v_code in ('offline', 'browser-gone', 'page-kills-browser', 'tab-closed', 'form-left', 'host-permission',
      'interrupted', 'paused', 'busy', 'waits-for-twin', 'permit-void', 'permits-aged', 'sold', 'deleted', 'disconnected',
      'superseded', 'already-listed', 'said-listed', 'no-answer', 'restored', 'row-lost', 'not-found', 'late-row',
      'not-there-said-person', 'nobody-came', 'cloud-off', 'hour-over')
  end, false);
end
$$;

-- The channel's own id of a row, and its address, which is shown to people as a link.
create function private.is_row(p_external_id text) returns boolean
language plpgsql immutable set search_path = ''
as $$
begin
  return p_external_id is null or length(p_external_id) <= 300 and p_external_id ~ '^\S(.*\S)?$';
end
$$;
create function private.is_link(p_url text) returns boolean
language plpgsql immutable set search_path = ''
as $$
begin
  return p_url is null or length(p_url) <= 2000 and p_url ~ '^https://\S+$';
end
$$;

-- What of a found row is for the books alone: how it stands there, and what it costs.
create function private.is_recorded(e jsonb) returns boolean
language plpgsql immutable set search_path = ''
as $$
begin
  return private.may_have(e, 'string', 'status') and (not e ? 'record'
    or private.has(e, 'string', 'record', 'title') and e #>> '{record,currency}' ~ '^[A-Z]{3}$'
      and private.is_whole(e #> '{record,priceMinor}', 9007199254740991));
end
$$;

-- Rows of an account's own list, as a question shows them.
create function private.are_rows(p_rows jsonb) returns boolean
language plpgsql immutable set search_path = ''
as $$
begin
  return case when private.are_all(p_rows, 'object') then not exists (select from jsonb_array_elements(p_rows) r
    where not (private.has(r, 'string', 'externalId') and private.is_row(r ->> 'externalId')
      and private.has(r, 'string', 'title') and private.has(r, 'string', 'priceText') and private.has(r, 'string', 'status')
      and r ? 'url' and private.may_have(r, 'string', 'url') and private.is_link(r ->> 'url'))) else false end;
end
$$;

create function private.is_marked(e jsonb) returns boolean
language plpgsql immutable set search_path = ''
as $$
begin
  return private.has(e, 'string', 'marker', 'title') and private.has(e, 'string', 'marker', 'priceText')
    and jsonb_typeof(coalesce(e #> '{marker,sku}', '""')) = 'string'
    and private.has(e, 'string', 'twin', 'title') and private.are_all(e #> '{twin,cents}', 'number');
end
$$;

create function private.has_policy(e jsonb) returns boolean
language plpgsql immutable set search_path = ''
as $$
begin
  return private.is_whole(e #> '{policy,windowMs}', 604800000) and private.has(e, 'boolean', 'policy', 'absenceProves');
end
$$;

create function private.is_answer(a jsonb) returns boolean
language plpgsql immutable set search_path = ''
as $$
begin
  return private.has(a, 'string', 'kind') and case a ->> 'kind'
    when 'is-it' then private.has(a, 'string', 'externalId') and private.is_row(a ->> 'externalId')
      and private.may_have(a, 'string', 'url') and private.is_link(a ->> 'url')
    when 'not-there' then private.has(a, 'boolean', 'again')
    when 'publish' then private.may_have(a, 'string', 'hash')
    else true end;
end
$$;

-- Whether it is an event an outsider may tell, with everything its kind needs (core/posting/events.ts).
create function private.is_told_event(e jsonb) returns boolean
language plpgsql immutable set search_path = ''
as $$
begin
  return coalesce(pg_column_size(e) < 2000000 and private.has(e, 'string', 'kind') and case e ->> 'kind'
    when 'fill' then private.is_fenced(e) and private.is_marked(e)
    when 'looked' then private.is_fenced(e) and private.are_all(e -> 'baseline', 'string')
    when 'ready' then private.is_fenced(e)
    when 'permit' then private.is_fenced(e) and private.is_marked(e) and private.has_policy(e) and private.has(e, 'string', 'hash')
    when 'requeue' then private.is_fenced(e) and private.is_ending(e -> 'ending') and private.has(e, 'number', 'inMs')
      and private.has(e, 'boolean', 'usesAttempt') and private.may_have(e, 'boolean', 'crashed')
    when 'fail' then private.is_fenced(e) and private.is_ending(e -> 'ending')
    when 'finish' then private.is_fenced(e)
    when 'ask' then private.is_fenced(e) and private.is_ending(e -> 'ending') and private.are_rows(e -> 'candidates')
      and e ->> 'question' in ('alike', 'there', 'field', 'stop')
    when 'unpressed' then private.is_fenced(e) and private.is_count(e -> 'attempt')
    when 'pressed' then private.is_count(e -> 'attempt')
    when 'pressed-by-person' then private.is_marked(e) and private.has_policy(e)
      and (private.are_all(e -> 'baseline', 'string') or private.has(e, 'null', 'baseline'))
    when 'form-stands' then private.is_marked(e)
      and (private.are_all(e -> 'baseline', 'string') or private.has(e, 'null', 'baseline'))
    when 'said-listed' then private.may_have(e, 'string', 'externalId') and private.is_row(e ->> 'externalId')
      and private.may_have(e, 'string', 'url') and private.is_link(e ->> 'url')
    when 'said-no' then private.is_fenced(e) and private.is_count(e -> 'attempt') and private.has(e, 'string', 'message')
    when 'found' then private.has(e, 'string', 'externalId') and private.is_row(e ->> 'externalId')
      and private.may_have(e, 'string', 'url') and private.is_link(e ->> 'url') and e ->> 'by' in ('id', 'likeness')
      and private.is_recorded(e)
    when 'late-row' then private.are_rows(e -> 'candidates')
    when 'absent' then private.is_fenced(e) and private.are_rows(e -> 'unexplained') and private.has(e, 'number', 'againInMs')
    when 'unreadable' then private.is_fenced(e) and private.has(e, 'string', 'why') and private.has(e, 'number', 'againInMs')
    when 'answer' then private.is_count(e -> 'question') and private.is_answer(e -> 'answer')
    when 'cancel' then true
    when 'retry' then (not e ? 'item' or private.has(e, 'string', 'item', 'id') and private.has(e, 'string', 'item', 'title')
      and private.has(e, 'array', 'item', 'photos'))
      and (not e ? 'city' or private.has(e, 'string', 'city') and length(e ->> 'city') <= 100)
    when 'take-over' then e ->> 'driver' in ('tab', 'cloud')
  end, false);
end
$$;

-- How a run goes on, and lines of its log.
create function private.is_progress(p_progress jsonb) returns boolean
language plpgsql immutable set search_path = ''
as $$
begin
  return coalesce(private.has(p_progress, 'number', 'percent') and length(p_progress ->> 'message') <= 2000
    and private.has(p_progress, 'string', 'message') and (p_progress -> 'percent')::numeric between 0 and 100, false);
end
$$;
create function private.are_lines(p_lines jsonb) returns boolean
language plpgsql immutable set search_path = ''
as $$
begin
  return jsonb_typeof(p_lines) = 'array' and not exists (select from jsonb_array_elements(p_lines) line
    where not coalesce(jsonb_typeof(line -> 'message') = 'string' and coalesce(line ->> 'level', 'info') in ('info', 'warn', 'error')
      and coalesce(jsonb_typeof(line -> 'data'), 'object') in ('object', 'null') and pg_column_size(line) < 60000, false));
end
$$;
