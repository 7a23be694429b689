-- The API's create-job in one round trip: the budget is taken and the job created by one call. A refusal comes back as
-- data instead of an error, because an error would give the budget back and make failing requests free of charge.

create function private.create_job_in_budget(p_bucket text, p_limit integer, p_window_seconds integer,
  p_request jsonb, p_idempotency_key text, p_body_hash text) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_budget jsonb := private.take_rate_limit(p_bucket, p_limit, p_window_seconds);
  v_code text;
  v_message text;
  v_hint text;
begin
  if not (v_budget ->> 'allowed')::boolean then
    return jsonb_build_object('budget', v_budget);
  end if;
  begin
    return private.create_job(p_request, p_idempotency_key, p_body_hash) || jsonb_build_object('budget', v_budget);
  exception when others then
    get stacked diagnostics v_code = returned_sqlstate, v_message = message_text, v_hint = pg_exception_hint;
    if v_code not like 'HK%' then
      raise;
    end if;
    return jsonb_build_object('budget', v_budget,
      'refusal', jsonb_build_object('code', v_code, 'message', v_message, 'hint', v_hint));
  end;
end
$$;

create function public.create_job_in_budget(p_bucket text, p_limit integer, p_window_seconds integer,
  p_request jsonb, p_idempotency_key text, p_body_hash text) returns jsonb
language sql security invoker set search_path = ''
as $$
  select private.create_job_in_budget(p_bucket, p_limit, p_window_seconds, p_request, p_idempotency_key, p_body_hash)
$$;

grant execute on function
  private.create_job_in_budget(text, integer, integer, jsonb, text, text),
  public.create_job_in_budget(text, integer, integer, jsonb, text, text)
to authenticated;
