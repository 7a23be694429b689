-- What an event makes of a posting: from which state it leads to which, on whose clock, by which numbers. The same machine as
-- core/posting/apply.ts, where the reasons stand; a test plays random events to both and compares. Here it is the judge: a
-- permit is refused where the row is.
--   *_play_*.sql, a file by subject as core/posting/apply-*.ts: each takes the row, the event and what the keeper knows
--   (*_keeper.sql), and gives the row back, or a code when it refuses.
--   *_playing.sql checks, writes, and says what comes next by itself.

insert into private.posting_moves (event, from_state, to_state)
select distinct event, f, t from (values
  ('claim', '{queued,needs_human}'::text[], '{claimed,cancelled}'::text[]),
  ('claim', '{queued}'::text[], '{needs_human}'::text[]),
  ('claim', '{unknown}'::text[], '{unknown}'::text[]),
  ('fill', '{claimed,filling}'::text[], '{filling}'::text[]),
  ('looked', '{claimed}'::text[], '{claimed}'::text[]),
  ('looked', '{filling}'::text[], '{filling}'::text[]),
  ('ready', '{filling}'::text[], '{needs_human,cancelled}'::text[]),
  ('permit', '{filling}'::text[], '{submitting}'::text[]),
  ('requeue', '{claimed,filling}'::text[], '{queued,failed,needs_human,cancelled}'::text[]),
  ('requeue', '{unknown}'::text[], '{unknown}'::text[]),
  ('fail', '{claimed,filling}'::text[], '{failed,cancelled}'::text[]),
  ('finish', '{claimed,filling}'::text[], '{done}'::text[]),
  ('ask', '{claimed,filling}'::text[], '{needs_human,cancelled}'::text[]),
  ('ask', '{unknown}'::text[], '{needs_human,unknown}'::text[]),
  ('lapse', '{claimed,filling}'::text[], '{queued,cancelled}'::text[]),
  ('lapse', '{submitting}'::text[], '{unknown}'::text[]),
  ('lapse', '{unknown}'::text[], '{unknown}'::text[]),
  ('unpressed', '{submitting}'::text[], '{filling}'::text[]),
  ('unpressed', '{unknown,needs_human}'::text[], '{queued,cancelled,needs_human}'::text[]),
  ('pressed', '{queued,claimed,filling,submitting,needs_human,failed,cancelled}'::text[], '{unknown}'::text[]),
  ('pressed-by-person', '{queued,claimed,filling,submitting,unknown,needs_human,failed,cancelled}'::text[], '{unknown}'::text[]),
  ('said-listed', '{queued,claimed,filling,submitting,unknown,needs_human,failed,cancelled,done}'::text[], '{unknown}'::text[]),
  ('said-no', '{submitting}'::text[], '{needs_human,cancelled}'::text[]),
  ('found', '{queued,claimed,filling,submitting,unknown,needs_human,failed,cancelled,done}'::text[], '{done}'::text[]),
  ('found', '{failed,cancelled}'::text[], '{needs_human}'::text[]),
  ('row-lost', '{done}'::text[], '{unknown}'::text[]),
  ('form-stands', '{queued}'::text[], '{queued}'::text[]),
  ('form-stands', '{claimed}'::text[], '{claimed}'::text[]),
  ('form-stands', '{filling}'::text[], '{filling}'::text[]),
  ('form-stands', '{submitting}'::text[], '{submitting}'::text[]),
  ('form-stands', '{unknown}'::text[], '{unknown}'::text[]),
  ('form-stands', '{needs_human}'::text[], '{needs_human}'::text[]),
  ('form-stands', '{failed}'::text[], '{failed}'::text[]),
  ('form-stands', '{cancelled}'::text[], '{cancelled}'::text[]),
  ('late-row', '{failed,cancelled}'::text[], '{needs_human}'::text[]),
  ('absent', '{unknown}'::text[], '{unknown,queued,needs_human,cancelled}'::text[]),
  ('unreadable', '{unknown}'::text[], '{unknown}'::text[]),
  ('answer', '{needs_human}'::text[], '{queued,unknown,done,failed}'::text[]),
  ('cancel', '{queued,needs_human}'::text[], '{cancelled}'::text[]),
  ('cancel', '{claimed}'::text[], '{claimed}'::text[]),
  ('cancel', '{filling}'::text[], '{filling}'::text[]),
  ('cancel', '{submitting}'::text[], '{submitting}'::text[]),
  ('cancel', '{unknown,needs_human}'::text[], '{unknown}'::text[]),
  ('retry', '{failed}'::text[], '{queued}'::text[]),
  ('take-over', '{queued,needs_human}'::text[], '{queued,unknown}'::text[]),
  ('restored', '{queued,claimed,filling,submitting,unknown,needs_human}'::text[], '{unknown}'::text[]),
  ('hour', '{queued,unknown}'::text[], '{needs_human}'::text[]),
  ('taken-away', '{queued}'::text[], '{needs_human}'::text[]),
  ('works-again', '{queued}'::text[], '{queued}'::text[])
) as moves (event, fs, ts), unnest(fs) as f, unnest(ts) as t;

-- The keeper's clock, in one place: tests put another in its stead.
create function private.clock() returns timestamptz
language sql volatile set search_path = ''
as $$ select clock_timestamp() $$;

-- What the keeper knows besides the row, at the moment of the event.
create type private.keeper as (
  now timestamptz,
  live_fence bigint,
  lease_until timestamptz,
  gone text,
  cloud_ready boolean,
  served_at timestamptz
);

-- The numbers of core/posting/limits.ts; a test compares them.
create function private.posting_limit(p_name text) returns interval
language sql immutable set search_path = ''
as $$
  select case p_name
    when 'second' then interval '1 second'
    when 'permit' then interval '10 seconds'
    when 'lease_left' then interval '20 seconds'
    when 'reading' then interval '5 minutes'
    when 'lease' then interval '120 seconds'
    when 'run' then interval '15 minutes'
    when 'first_look' then interval '3 seconds'
    when 'agree' then interval '30 seconds'
    when 'hour' then interval '1 hour'
    when 'day' then interval '1 day'
    when 'watch' then interval '30 days'
  end
$$;

create function private.posting_most(p_name text) returns integer
language sql immutable set search_path = ''
as $$
  select case p_name
    when 'attempts' then 3
    when 'crashes' then 2
    when 'presses' then 3
    when 'given_back' then 12
  end
$$;

-- As window_ms holds it.
create function private.hour_ms() returns bigint
language sql immutable set search_path = ''
as $$ select (extract(epoch from private.posting_limit('hour')) * 1000)::bigint $$;
