-- The claim: this (call, step) seen? the decision as before · what has run out is removed · the ended dial's lease is released and
-- its agent judged · choose · lease · window and pass · the call's state · the event appended. All or nothing, one round trip.
-- KEYS 1 the partition's prefix, 2 the tenant's. ARGV
--  1 test clock · 2 tenant · 3 call · 4 step · 5 plan version · 6 tenant cap ('' none) · 7 window lengths, comma separated
--  8 facts JSON · 9 the rest of the journal's event, JSON members · 10-13 the ended dial: points (0, 1, 2; '' judges nothing), agent,
--  target, step ('' none) · 14 its final evidence "rank source at tie state" · 15 ids tried · 16 reason known
--  17, 18 attempts in the first target and when they began · 19 SIP ids · 20-24 the first end link: JSON members ('' built in),
--  index, fallback JSON, ring and talk limit (0 nothing is dialled) · 25 caps of an outbound call ('' any other) · then per target: id, content hash, configuration
--  JSON or '', link index, fallback JSON.
-- Returns {code, …}: 0 no epoch · 1 decided: decision JSON, repeat, decided at, target started at (0 none), 1 when the
--  stored configuration is newer than ours, of a repeat the call's facts JSON · 2 a configuration is missing: send it (nothing was written).
-- @include shared-clock
local call_id, step, plan_version, facts = ARGV[3], tonumber(ARGV[4]), tonumber(ARGV[5]), ARGV[8]
-- @define end_arguments 20
-- @define outbound_caps 25
-- @define first_target 26
-- @define target_size 5

-- What a steady claim does not need. Closures cost at every run, so these are made when the first is needed.
local rare_tools
local function rare()
  if rare_tools then return rare_tools end
  -- @include shared-agent-row
  -- @include shared-group-layout
  -- @include shared-journal
  -- @include shared-call
  -- @include shared-window
  -- @include shared-health
  -- @include shared-lease
  -- @include shared-end-dial
  -- @include shared-tenant
  -- @include shared-outbound
  -- @include shared-group-config
  -- @include shared-rotation
  -- @include shared-member-rows
  rare_tools = {load_call = load_call, raise_evidence = raise_evidence, parse_evidence = parse_evidence,
    evidence_json = evidence_json, expire_leases = expire_leases, end_dial = end_dial, tenant_settings = tenant_settings, list_tenant = list_tenant,
    replace_config = replace_config, age_credits = age_credits, rebase = rebase, advanced_total = advanced_total, settled_row = settled_row,
    refuse_outbound = refuse_outbound, note_outbound = note_outbound, skipped_members = skipped_members, assigned_row = assigned_row}
  return rare_tools
end

-- @include shared-choose

local known = redis.call('MGET', epoch_key, call_key .. call_id, group_key .. (ARGV[first_target] or ''))
if not known[1] then return {0} end
local call = known[2] and cmsgpack.unpack(known[2])
if call and call.d[step] then return {1, call.d[step], 1, call.m[step], call.s[step] or 0, 0, call.f} end

-- Which targets' stored configurations are ours, older (replaced) or newer (we choose among what both know).
local groups, older = {}, 0
for at = first_target, #ARGV, target_size do
  local raw = known[3]
  if at > first_target then raw = redis.call('GETRANGE', group_key .. ARGV[at], 0, 23) end
  if raw == '' then raw = false end
  local g = {id = ARGV[at], raw = raw, at = at, base = 0, count = 0, ids = 0, rows = 0, vts = 0, dirty = 0, strategy = 0, window_hours = 0, talk = 0, timeout = 0}
  if not raw or string.sub(raw, 1, 16) ~= ARGV[at + 1] then
    if ARGV[at + 2] == '' then return {2} end
    g.config = cjson.decode(ARGV[at + 2])
    if raw and struct.unpack('<d', raw, 17) > plan_version then
      older, g.own = 1, {}
      for _, m in ipairs(g.config.members) do
        if m[6] == 1 then g.own[m[1]] = true end
      end
      g.config = nil
    end
  end
  groups[#groups + 1] = g
end

-- From here on things are written.
local now_text = string.format('%d', now)
local touched = redis.call('ZRANGEBYSCORE', leases_key, '-inf', now_text, 'LIMIT', 0, 1)[1] ~= nil
if touched then
  rare().expire_leases(32)
  call = rare().load_call(call_id)
end
-- How far the call had come, as `call_was` says it. What is decided for a call that has ended, or that has gone on without this
-- step, holds nobody.
local was, older_step, held = 'unknown', false, 1
if not call then
  call = {f = facts, e = {1, 0, 0, 0, 'routing'}, h = 0, d = {}, m = {}, s = {}, t = '', n = 0, b = now}
else
  if call.n == 0 then call.f = facts end
  local talked = call.h == 3 or call.a
  older_step = step < call.n
  if older_step or (call.e[1] == 4 and call.e[2] > 1) then held = 0 end
  was = call.e[1] == 4 and (talked and 'talked' or 'over') or talked and 'talking' or 'open'
end
if ARGV[13] ~= '' then
  touched = true
  rare().end_dial(call, call_id, ARGV[11], ARGV[12], tonumber(ARGV[13]), tonumber(ARGV[10]))
end
if call.l and call.l[4] == 1 and call.l[3] < step then
  touched = true
  rare().end_dial(call, call_id, call.l[1], call.l[2], call.l[3])
end

-- The rows of these members and, once, what holds for the whole tenant.
local cap, hours, tenant_full
local function load_rows(ids)
  local count = #ids
  if cap then return count > 0 and redis.call('HMGET', agents_key, unpack(ids)) or {} end
  ids[count + 1], ids[count + 2] = 'plan', 'listed'
  local rows = redis.call('HMGET', agents_key, unpack(ids))
  local stored, stored_cap, h1, h2, h3 = -1
  if rows[count + 1] then stored, stored_cap, h1, h2, h3 = struct.unpack('<dI4BBB', rows[count + 1]) end
  if stored >= plan_version then
    cap, hours = stored_cap, {h1, h2, h3}
  else
    cap, hours = rare().tenant_settings(rows[count + 1], plan_version, ARGV[6], ARGV[7])
  end
  tenant_full = cap < no_cap and redis.call('ZCARD', leases_key) >= cap
  if not rows[count + 2] then rare().list_tenant() end
  return rows
end

-- Reads a target's string as it is now; answers its limits: ring, attempts, total.
local function open_target(g, first)
  if g.config then
    load_rows({})
    g.raw = rare().replace_config(g.id, g.raw and redis.call('GET', group_key .. g.id), ARGV[g.at + 1], plan_version, g.config, hours)
  elseif touched or not first then
    g.raw = redis.call('GET', group_key .. g.id)
  end
  local raw, ids, vts = g.raw, {}, {}
  local _, version, strategy, _, window, ring, attempts, total, talk, credits, tiers, count = struct.unpack(header_format, raw)
  g.strategy, g.window_hours, g.talk, g.count, g.ids, g.vts, g.dirty = strategy, window, talk, count, ids, vts, {}
  g.base = header_size + tiers * tier_size + 1
  if version < plan_version then redis.call('SETRANGE', group_key .. g.id, 16, struct.pack('<d', plan_version)) end
  if credits > 0 and credits < now_minute then
    rare().age_credits(g)
    raw = g.raw
  end
  for tier = 1, tiers do vts[tier] = struct.unpack('<d', raw, header_size + tier * tier_size - 7) end
  local sub, at = string.sub, g.base
  for i = 1, count do
    ids[i] = sub(raw, at, at + 23)
    at = at + member_size
  end
  return ring, attempts, total
end

-- Counts and leases the pick, moves its pass and the tier's virtual time. In the row's current minute only its front is written anew.
local function take(g, pick, tier, pass, weight, vt)
  local agent, raw, at, key = g.ids[pick], g.rows[pick], g.base + (pick - 1) * member_size, group_key .. g.id
  local active, minute, count, h1, h2, h3, t1, t2, t3 = 0, 0
  if raw then active, minute, count, h1, h2, h3, t1, t2, t3 = struct.unpack('<I4I4I4BBBI4I4I4', raw) end
  if minute >= now_minute and h1 == hours[1] and h2 == hours[2] and h3 == hours[3] then
    raw = struct.pack('<I4I4I4BBBI4I4I4d', active + held, minute, count + 1, h1, h2, h3, t1 + 1, h2 > 0 and t2 + 1 or 0, h3 > 0 and t3 + 1 or 0, now)
      .. string.sub(raw, 36)
  else
    raw = rare().assigned_row(agent, raw, hours, held)
  end
  local dirty = g.dirty
  dirty[#dirty + 1], dirty[#dirty + 2] = agent, raw
  redis.call('HSET', agents_key, unpack(dirty))
  g.dirty = {}
  local member_active = struct.unpack('<I4', g.raw, at + member_active_offset) + held
  redis.call('SETRANGE', key, at + member_pass_offset - 1, struct.pack('<dI4', pass + math.floor(1e6 / weight + 0.5), member_active))
  if vt > g.vts[tier] then redis.call('SETRANGE', key, header_size + tier * tier_size - 8, struct.pack('<d', vt)) end
  if vt >= 549755813888 then rare().rebase(g, tier, vt) end
  local expiry = string.format('%d', now + (g.timeout + 100) * 1000)
  if held == 1 then redis.call('ZADD', leases_key, expiry, agent .. '|' .. g.id .. '|' .. call_id .. '|' .. ARGV[4]) end
  return agent, expiry
end

-- Answers the agent and the lease's expiry, or nil and why this target can't take the call.
local function try_target(g, first, attempts, started_at)
  local ring, max_attempts, total = open_target(g, first)
  if attempts >= max_attempts then return nil, 'attempts_exhausted' end
  local left = total - math.floor((now - started_at) / 1000)
  if attempts > 0 and left < 8 then return nil, 'time_budget' end
  if g.count == 0 then return nil, 'no_members' end
  g.rows, g.timeout = load_rows(g.ids), math.min(ring, left)
  local pick, eligible, tier, pass, weight, vt = scan(g, ARGV[15] .. call.t, tenant_full, hours, nil)
  if pick then return take(g, pick, tier, pass, weight, vt) end
  -- Health that changed although nobody was taken.
  if g.dirty[1] then redis.call('HSET', agents_key, unpack(g.dirty)) end
  if eligible == 0 then return nil, attempts > 0 and 'attempts_exhausted' or 'none_eligible' end
  return nil, tenant_full and 'tenant_at_capacity' or 'all_at_capacity'
end

local decision, reason, started_at, deadline
local known_reason = ARGV[16] ~= '' and ARGV[16] ~= 'matched' and ARGV[16]
local all_full = #groups > 0
for index, g in ipairs(groups) do
  local attempts = index == 1 and tonumber(ARGV[17]) or 0
  started_at = attempts > 0 and tonumber(ARGV[18]) or now
  local agent, why = try_target(g, index == 1, attempts, started_at)
  if agent then
    decision = string.format('{"link":%s,"reason":"%s","fallback":%s,"kind":"agent","targetId":"%s","agentId":"%s","attempt":%d,"timeoutSeconds":%d,"timeLimitSeconds":%d}',
      ARGV[g.at + 3], known_reason or reason or 'matched', ARGV[g.at + 4], g.id, agent, attempts + 1, g.timeout, g.talk)
    deadline = why
    call.t = call.t .. agent
    if not older_step then call.l, call.r, call.x = held == 1 and {agent, g.id, step, 1} or nil, g.timeout, g.talk end
    break
  end
  reason = reason or why
  if why ~= 'all_at_capacity' and why ~= 'tenant_at_capacity' then all_full = false end
end

local evidence = 'null'
if not decision then
  if not cap then load_rows({}) end
  local members, ring, talk = ARGV[end_arguments], tonumber(ARGV[end_arguments + 3]), tonumber(ARGV[end_arguments + 4])
  if ARGV[outbound_caps] ~= '' and talk > 0 and call.n == 0 and rare().refuse_outbound(call_id, ARGV[outbound_caps]) then
    members, ring, talk, reason = '"kind":"reject","rejectAs":"busy"', 0, 0, 'outbound_limit'
  end
  if members == '' then members = all_full and '"kind":"reject","rejectAs":"busy"' or '"kind":"hangup"' end
  decision = string.format('{"link":%s,"reason":"%s","fallback":%s,%s}', ARGV[end_arguments + 1], known_reason or reason or 'matched', ARGV[end_arguments + 2], members)
  if not older_step then call.l, call.r, call.x = nil, ring, talk end
  started_at, deadline = 0, string.format('%d', now + (ring + 100) * 1000)
  local final = talk == 0 and not older_step and rare().parse_evidence(ARGV[14])
  if final then
    rare().raise_evidence(call, unpack(final))
    evidence = rare().evidence_json(final)
  end
  if talk == 0 and call.e[1] == 4 then deadline = nil end
end
if held == 0 and deadline then deadline = redis.call('ZSCORE', live_key, call_id) or nil end

if call.e[1] < 1 then call.e = {1, 0, 0, 0, 'routing'} end
call.d[step], call.m[step], call.s[step], call.n = decision, now, started_at, math.max(call.n, step)
local ttl = final_ttl_seconds
if deadline then
  ttl = string.format('%d', ttl + (deadline - now) / 1000)
  redis.call('ZADD', live_key, deadline, call_id)
else
  redis.call('ZREM', live_key, call_id)
end
if ARGV[outbound_caps] ~= '' then rare().note_outbound(call_id, call, deadline) end
redis.call('SET', call_key .. call_id, cmsgpack.pack(call), 'EX', ttl)
for sip in string.gmatch(ARGV[19], '%S+') do redis.call('SET', sip_key .. sip, call_id, 'EX', sip_ttl_seconds) end
redis.call('XADD', journal_key, '*', 'e', '{"at":' .. now_text .. ',"tenantId":"' .. tenant_id .. '","facts":' .. facts .. ',"decision":' .. decision
  .. ',"evidence":' .. evidence .. ',"degraded":false,"was":"' .. was .. '",' .. ARGV[9] .. '}')
return {1, decision, 0, now, started_at, older}
