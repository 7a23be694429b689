-- Connecting and disconnecting accounts. The envelope is opaque here: its shape and its version are all we look at.

-- How a person tells this login from the others they have there. Two logins may show one name (Facebook shows what people are
-- called): then the end of the channel's own id is added, as much of it as tells them apart.
create function private.handle_for(p_workspace_id uuid, p_account_id uuid, p_login_key text, p_handle text) returns text
language plpgsql stable security definer set search_path = ''
as $$
declare
  v_platform constant text := split_part(p_login_key, ':', 1);
  v_login constant text := substr(p_login_key, length(v_platform) + 2);
  v_handle text := p_handle;
  v_length integer;
begin
  foreach v_length in array '{0,4,8,16,32,250}'::integer[] loop
    if v_length > 0 then
      v_handle := left(p_handle, 200 - 4 - least(v_length, length(v_login))) || ' (…' || right(v_login, v_length) || ')';
    end if;
    exit when not exists (select from public.platform_accounts a where a.workspace_id = p_workspace_id
      and a.platform = v_platform and a.handle = v_handle and a.id <> p_account_id);
  end loop;
  return v_handle;
end
$$;

create function private.connect_account(p jsonb) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_user uuid := (select auth.uid());
  v_workspace uuid;
  v_id uuid;
  v_consent_id uuid;
  v_device_id uuid;
  v_version integer;
  -- Where the channel tells no id of its own the handle is the login.
  v_login text := (p ->> 'platform') || ':' || lower(trim(leading '@' from trim(coalesce(nullif(p ->> 'loginId', ''), p ->> 'handle'))));
  v_row public.platform_accounts;
begin
  v_workspace := coalesce((p ->> 'workspaceId')::uuid, private.personal_workspace());
  v_id := (p ->> 'accountId')::uuid;
  v_consent_id := (p -> 'consent' ->> 'id')::uuid;
  v_device_id := (p -> 'device' ->> 'id')::uuid;
  v_version := (p ->> 'sessionVersion')::integer;
  if not private.is_member(v_workspace, '{viewer,operator,admin,owner}') then
    perform private.refuse('HK404', 'no such workspace', 'Check workspaceId.');
  elsif not private.is_member(v_workspace, '{operator,admin,owner}') then
    perform private.refuse('HK403', 'your role may not connect accounts', 'Ask an owner for the operator role.');
  elsif v_id is null or v_version is null or jsonb_typeof(p -> 'session') is distinct from 'object'
    or jsonb_typeof(p -> 'sessionMeta') is distinct from 'object' or coalesce(p ->> 'handle', '') = '' then
    perform private.refuse('HK400', 'accountId, handle, session, sessionMeta and sessionVersion are needed');
  elsif v_consent_id is null then
    perform private.refuse('HK400', 'connecting needs the seller''s consent', 'Send consent.');
  elsif v_device_id is null then
    perform private.refuse('HK400', 'connecting needs the device that sealed the session', 'Send device.');
  elsif private.is_near(p -> 'sessionExpiresAt', interval '2000 years') is false then
    perform private.refuse('HK400', 'sessionExpiresAt is no time', 'Send it as in 2026-01-31T12:00:00Z, or null.');
  elsif private.is_near(p -> 'consent' -> 'grantedAt', interval '2000 years') is false then
    perform private.refuse('HK400', 'consent.grantedAt is no time', 'Send it as in 2026-01-31T12:00:00Z.');
  end if;

  -- The device: told once with its key, and of this person.
  insert into public.devices (id, user_id, workspace_id, public_key, name)
  values (v_device_id, v_user, v_workspace, p -> 'device' -> 'publicKey', coalesce(p -> 'device' ->> 'name', ''))
  on conflict (id) do nothing;
  if not exists (select from public.devices d where d.id = v_device_id and d.user_id = v_user and d.revoked_at is null
      and d.public_key = coalesce(nullif(p -> 'device' -> 'publicKey', 'null'), d.public_key)) then
    perform private.refuse('HK403', 'this device is not one of yours', 'Sign in again so that a new device is registered.');
  end if;

  insert into public.consents (id, workspace_id, user_id, platform, text_version, cookie_names, allowlist_hash, granted_at)
  values (v_consent_id, v_workspace, v_user, p ->> 'platform', p -> 'consent' ->> 'textVersion',
    array(select jsonb_array_elements_text(coalesce(p -> 'consent' -> 'cookieNames', '[]'))),
    p -> 'consent' ->> 'allowlistHash', coalesce((p -> 'consent' ->> 'grantedAt')::timestamptz, now()))
  on conflict (id) do nothing;
  if not exists (select from public.consents c where c.id = v_consent_id and c.user_id = v_user
      and c.workspace_id = v_workspace and c.platform = p ->> 'platform' and c.revoked_at is null) then
    perform private.refuse('HK403', 'this consent is not for this account', 'Ask for consent again.');
  end if;

  perform private.lock_account(v_id);
  select * into v_row from public.platform_accounts a where a.id = v_id for update;
  if found and v_row.workspace_id <> v_workspace then
    perform private.refuse('HK404', 'no such account', 'Use a new accountId.');
  elsif found and v_row.login_key <> v_login then
    perform private.refuse('HK409', 'this account is another login', 'Connect the other login as an account of its own.');
  elsif (v_row.session_version, v_row.consent_id, v_row.device_id, v_row.cloud_allowed, v_row.session_payload_encrypted)
      = (v_version, v_consent_id, v_device_id, coalesce((p ->> 'cloudAllowed')::boolean, false), p -> 'session') then
    -- Told again, because the answer was lost: this very session is stored.
    return to_jsonb(v_row) - 'session_payload_encrypted';
  elsif found and v_version <= v_row.session_version then
    perform private.refuse('HK409', 'a newer session of this account is already stored',
      'Capture again with sessionVersion ' || v_row.session_version + 1 || '.');
  elsif not found then
    select * into v_row from public.platform_accounts a where a.workspace_id = v_workspace and a.login_key = v_login;
    if found then
      perform private.refuse('HK409', 'this login is already connected', 'Reconnect it as account ' || v_row.id || '.');
    end if;
  end if;
  -- A deleted and re-made account continues its versions: the worker has not forgotten them.
  if exists (select from private.session_high_water h where h.account_id = v_id and h.version >= v_version) then
    perform private.refuse('HK409', 'a newer session of this account was already used', 'Capture again with a higher sessionVersion.');
  end if;

  -- One consent an account: the one given last.
  update public.consents c set revoked_at = now()
  where c.id = v_row.consent_id and c.id <> v_consent_id and c.revoked_at is null;
  insert into public.platform_accounts as a (id, user_id, workspace_id, platform, handle, login_key, display_name, status,
    replay, cloud_allowed, session_payload_encrypted, session_meta, session_version, session_expires_at, consent_id, device_id,
    last_verified_at)
  values (v_id, v_user, v_workspace, p ->> 'platform', private.handle_for(v_workspace, v_id, v_login, p ->> 'handle'),
    v_login, p ->> 'displayName', 'connected',
    coalesce(p ->> 'replay', 'unknown'), coalesce((p ->> 'cloudAllowed')::boolean, false), p -> 'session',
    p -> 'sessionMeta', v_version, (p ->> 'sessionExpiresAt')::timestamptz, v_consent_id, v_device_id, now())
  on conflict (id) do update set
    -- The sealed session is bound to the person who captured it.
    user_id = excluded.user_id, handle = excluded.handle, display_name = excluded.display_name, status = 'connected', status_reason = null,
    replay = excluded.replay, cloud_allowed = excluded.cloud_allowed,
    session_payload_encrypted = excluded.session_payload_encrypted, session_meta = excluded.session_meta,
    session_version = excluded.session_version, session_expires_at = excluded.session_expires_at,
    consent_id = excluded.consent_id, device_id = excluded.device_id, last_verified_at = now()
  returning * into v_row;
  perform private.wake_account(v_id);
  perform private.audit(v_workspace, 'account.connect', 'platform_accounts', v_row.id, jsonb_build_object(
    'platform', v_row.platform, 'sessionVersion', v_version, 'consentId', v_consent_id, 'deviceId', v_device_id));
  return to_jsonb(v_row) - 'session_payload_encrypted';
exception
  when data_exception or not_null_violation or check_violation then
    perform private.refuse('HK400', 'the request holds a value of the wrong form', sqlerrm);
  when unique_violation then
    perform private.refuse('HK409', 'this login is being connected just now', 'Look at your accounts, and try again.');
end
$$;
create function public.connect_account(p jsonb) returns jsonb
language sql set search_path = '' as $$ select private.connect_account(p) $$;

-- Deletes the sealed sessions at once, ends their consents, and stops what would have used them. Several at a time, so that
-- logins, targets and tallies are locked in the order everybody takes them.
create function private.end_accounts(p_account_ids uuid[]) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  v_row public.platform_accounts;
  v_open public.job_targets[];
  v_target public.job_targets;
begin
  perform private.lock_accounts(p_account_ids);
  update public.consents c set revoked_at = now() from public.platform_accounts a
  where a.id = any (p_account_ids) and c.id = a.consent_id and c.revoked_at is null;
  for v_row in
    update public.platform_accounts a set session_payload_encrypted = null, session_meta = null,
      session_expires_at = null, cloud_allowed = false, status = 'disconnected', status_reason = null
    where a.id = any (p_account_ids) returning *
  loop
    perform private.audit(v_row.workspace_id, 'account.disconnect', 'platform_accounts', v_row.id,
      jsonb_build_object('platform', v_row.platform, 'sessionVersion', v_row.session_version));
  end loop;
  -- What is only asked for is cancelled; what is driven, or may have been posted, ends by itself or asks.
  v_open := array(select o from (select t from public.job_targets t
    where t.account_id = any (p_account_ids) and not private.is_final(t.state)
    order by t.job_id, t.id for update) as open (o));
  foreach v_target in array v_open loop
    if v_target.state = 'unknown' then
      perform private.dequeue_target(v_target.id); -- nobody could look for it
    elsif not v_target.cancel_asked then
      perform private.play_locked(v_target, '{"kind": "cancel"}');
    end if;
  end loop;
end
$$;

-- Their own login a person may always take back, whatever their role is now and whether they are a member at all.
create function private.disconnect_account(p_account_id uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_row public.platform_accounts;
begin
  select * into v_row from public.platform_accounts a where a.id = p_account_id;
  if not found or (v_row.user_id is distinct from (select auth.uid())
      and not private.is_member(v_row.workspace_id, '{viewer,operator,admin,owner}')) then
    perform private.refuse('HK404', 'no such account', 'Check the id.');
  elsif v_row.user_id is distinct from (select auth.uid())
      and not private.is_member(v_row.workspace_id, '{operator,admin,owner}') then
    perform private.refuse('HK403', 'your role may not disconnect accounts', 'Ask an owner for the operator role.');
  end if;
  perform private.end_accounts(array[p_account_id]);
  return (select to_jsonb(a) - 'session_payload_encrypted' from public.platform_accounts a where a.id = p_account_id);
end
$$;
create function public.disconnect_account(p_account_id uuid) returns jsonb
language sql set search_path = '' as $$ select private.disconnect_account(p_account_id) $$;

-- Who leaves a workspace, or is put out of it, takes their logins along: the sessions they sealed for it are deleted, their
-- consents end, and answers kept for the repeating of their requests no longer tell of it.
create function private.take_logins_along() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  perform private.end_accounts(array(select a.id from public.platform_accounts a
    where a.workspace_id = old.workspace_id and a.user_id = old.user_id and a.status <> 'disconnected'));
  update public.consents c set revoked_at = now()
  where c.workspace_id = old.workspace_id and c.user_id = old.user_id and c.revoked_at is null;
  delete from public.idempotency_keys k
  where k.user_id = old.user_id and position(old.workspace_id::text in k.response::text) > 0;
  return null;
end
$$;
create trigger take_logins_along after delete on public.workspace_members
for each row execute function private.take_logins_along();

grant execute on function private.connect_account(jsonb), public.connect_account(jsonb),
  private.disconnect_account(uuid), public.disconnect_account(uuid) to authenticated;
