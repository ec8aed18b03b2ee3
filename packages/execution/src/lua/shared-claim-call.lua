-- One call of a claim: where it goes, and everything that is remembered of it.

-- Answers the agent, or nil and why this target can't take the call. Who had it may have none of what was `tried`.
local function try_target(g, attempts, started_at, tried, holds)
  open_target(g)
  if attempts >= g.attempts then return nil, 'attempts_exhausted' end
  local left = g.total - math.floor((now - started_at) / 1000)
  if attempts > 0 and left < 8 then return nil, 'time_budget' end
  if g.count == 0 then return nil, 'no_members' end
  load_rows(g.ids)
  if not g.surveyed then survey(g, nil) end
  g.timeout = math.min(g.ring, left)
  local tenant_full = cap < no_cap and leased >= cap
  local pick, eligible, tier, pass, weight, vt = choose(g, tried, tenant_full)
  if pick then return take(g, pick, tier, pass, weight, vt, holds) end
  if eligible == 0 then return nil, attempts > 0 and 'attempts_exhausted' or 'none_eligible' end
  return nil, tenant_full and 'tenant_at_capacity' or 'all_at_capacity'
end

local known_reason = ARGV[6] ~= '' and ARGV[6] ~= 'matched' and ARGV[6]

-- The dials that end with this step. before: what came before it, nil for nothing.
local function end_dials(call, id, step, before)
  local own = call.l and call.l[4] == 1 and call.l[3] < step
  if not own and not (before and before[4] ~= '') then return end
  write_down()
  if before and before[4] ~= '' then rare().end_dial(call, id, before[2], before[3], before[4], tonumber(before[1])) end
  if call.l and call.l[4] == 1 and call.l[3] < step then rare().end_dial(call, id, call.l[1], call.l[2], call.l[3]) end
  forget()
end

-- How long a call stays on the board that somebody else holds; nil for one that has left it.
local function stored_deadline(id)
  write_down()
  return redis.call('ZSCORE', live_key, id) or nil
end

-- Answers the call as it is now and the decision; `at` is where its arguments begin.
local function decide(at, call, step)
  local id, facts, before = ARGV[at], ARGV[at + 2], ARGV[at + 5] ~= '' and cjson.decode(ARGV[at + 5]) or nil
  -- How far the call had come, as `call_was` says it. What is decided for a call that has ended, or that has gone on without this
  -- step, holds nobody.
  local was, older_step, holds = 'unknown', false, 1
  if not call then
    call = {f = facts, e = {1, 0, 0, 0, 'routing'}, h = 0, d = {}, m = {}, s = {}, t = '', n = 0, b = now}
  else
    if call.n == 0 then call.f = facts end
    local talked = call.h == 3 or call.a
    older_step = step < call.n
    if older_step or (call.e[1] == 4 and call.e[2] > 1) then holds = 0 end
    was = call.e[1] == 4 and (talked and 'talked' or 'over') or talked and 'talking' or 'open'
  end
  end_dials(call, id, step, before)

  local goes_out = before and before[9] == 1
  local decision, reason, started_at, deadline
  local all_full, tried = #groups > 0, before and before[6] .. call.t or call.t
  for index, g in ipairs(groups) do
    local attempts = index == 1 and before and before[7] or 0
    started_at = attempts > 0 and before[8] ~= '' and before[8] or now
    local agent, why = try_target(g, attempts, started_at, tried, holds)
    if agent then
      decision = '{"link":' .. ARGV[g.at + 3] .. ',"reason":"' .. (known_reason or reason or 'matched') .. '","fallback":' .. ARGV[g.at + 4]
        .. ',"kind":"agent","targetId":"' .. g.id .. '","agentId":"' .. agent .. '","attempt":' .. whole(attempts + 1)
        .. ',"timeoutSeconds":' .. whole(g.timeout) .. ',"timeLimitSeconds":' .. whole(g.talk) .. '}'
      -- Of somebody who is talked to already the platform says no more when the next one answers.
      deadline = whole(now + (g.timeout + (call.h == 3 and g.talk > 0 and g.talk + 60 or 100)) * 1000)
      if call.o then
        call.o = nil
        redis.call('ZREM', outbound_key, id)
      end
      if holds == 1 then leases[#leases + 1], leases[#leases + 2] = deadline, agent .. '|' .. g.id .. '|' .. id .. '|' .. ARGV[at + 1] end
      call.t = call.t .. agent
      if not older_step then call.l, call.r, call.x = holds == 1 and {agent, g.id, step, 1} or nil, g.timeout, g.talk end
      break
    end
    reason = reason or why
    if why ~= 'all_at_capacity' and why ~= 'tenant_at_capacity' then all_full = false end
  end

  local evidence = 'null'
  if not decision then
    if not cap then load_rows({}) end
    local members, ring, talk = ARGV[end_arguments], tonumber(ARGV[end_arguments + 3]), tonumber(ARGV[end_arguments + 4])
    if ARGV[outbound_caps] ~= '' and talk > 0 and (call.n == 0 or goes_out) and rare().refuse_outbound(id, ARGV[outbound_caps]) then
      members, ring, talk, reason = '"kind":"reject","rejectAs":"busy"', 0, 0, 'outbound_limit'
    end
    if members == '' then members = all_full and '"kind":"reject","rejectAs":"busy"' or '"kind":"hangup"' end
    decision = string.format('{"link":%s,"reason":"%s","fallback":%s,%s}', ARGV[end_arguments + 1], known_reason or reason or 'matched', ARGV[end_arguments + 2], members)
    if not older_step then call.l, call.r, call.x = nil, ring, talk end
    if goes_out and talk > 0 then call.o = 1 end
    started_at, deadline = 0, whole(now + (ring + (call.h == 3 and talk > 0 and talk + 60 or 100)) * 1000)
    local final = talk == 0 and not older_step and before and rare().parse_evidence(before[5])
    if final then
      rare().raise_evidence(call, unpack(final))
      evidence = rare().evidence_json(final)
    end
    if talk == 0 and call.e[1] == 4 then deadline = nil end
  end
  if holds == 0 and deadline then deadline = stored_deadline(id) end

  if call.e[1] < 1 then call.e = {1, 0, 0, 0, 'routing'} end
  call.d[step], call.m[step], call.s[step], call.n = decision, now, started_at, math.max(call.n, step)
  local ttl = final_ttl_seconds
  if deadline then
    ttl = whole(ttl + (deadline - now) / 1000)
    live[#live + 1], live[#live + 2] = deadline, id
  else
    write_down()
    redis.call('ZREM', live_key, id)
  end
  if ARGV[outbound_caps] ~= '' then rare().note_outbound(id, call, deadline) end
  redis.call('SET', call_key .. id, cmsgpack.pack(call), 'EX', ttl)
  for sip in string.gmatch(ARGV[at + 4], '%S+') do sip_ids[#sip_ids + 1], sip_ids[#sip_ids + 2] = sip, id end
  redis.call('XADD', journal_key, '*', 'e', '{"at":' .. now_text .. ',"tenantId":"' .. tenant_id .. '","facts":' .. facts .. ',"decision":' .. decision
    .. ',"evidence":' .. evidence .. ',"degraded":false,"was":"' .. was .. '",' .. ARGV[at + 3] .. '}')
  return call, decision
end
