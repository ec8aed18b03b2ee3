-- The claim: this (call, step) seen? the decision as before · what has run out is removed · the ended dial's lease is released and
-- its agent judged · choose · lease · window and pass · the call's state · the event appended. All or nothing, one round trip.
-- KEYS 1 the partition's prefix, 2 the tenant's. ARGV
--  1 test clock · 2 tenant · 3 call · 4 step · 5 plan version · 6 tenant cap ('' none) · 7 window lengths, comma separated
--  8 facts JSON · 9 the rest of the journal's event, JSON members · 10-13 the ended dial: points (0, 1, 2; '' judges nothing), agent,
--  target, step ('' none) · 14 its final evidence "rank source at tie state" · 15 ids tried · 16 reason known
--  17, 18 attempts in the first target and when they began · 19 SIP ids · 20-24 the first end link: JSON members ('' built in),
--  index, fallback JSON, ring and talk limit (0 nothing is dialled) · then per target: id, content hash, configuration
--  JSON or '', link index, fallback JSON.
-- Returns {code, …}: 0 no epoch · 1 decided: decision JSON, repeat, decided at, target started at (0 none), 1 when the
--  stored configuration is newer than ours · 2 a configuration is missing: send it (nothing was written).
-- Every closure costs at every run: what a steady claim does not need is made when it is needed.
-- @include shared-clock
-- @include shared-agent-row
-- @include shared-group-layout
-- @include shared-journal
-- @include shared-call
-- @include shared-tenant
local window_tools, lifecycle_tools
local function window()
  if not window_tools then
    -- @include shared-window
    window_tools = {advance_row = advance_row, count_assignment = count_assignment}
  end
  return window_tools
end
local function lifecycle()
  if not lifecycle_tools then
    -- @include shared-health
    -- @include shared-lease
    lifecycle_tools = {settle_health = settle_health, judge = judge, release = release, expire_leases = expire_leases}
  end
  return lifecycle_tools
end
local function replace_stored(...)
  -- @include shared-window
  -- @include shared-group-config
  return replace_config(...)
end
local function rotation()
  -- @include shared-rotation
  return {age_credits = age_credits, rebase = rebase}
end
-- @include shared-choose
-- @define end_arguments 20
-- @define first_target 25
-- @define target_size 5
local call_id, step, plan_version, facts = ARGV[3], tonumber(ARGV[4]), tonumber(ARGV[5]), ARGV[8]

local known = redis.call('MGET', epoch_key, call_key .. call_id, group_key .. (ARGV[first_target] or ''))
if not known[1] then return {0} end
local call = known[2] and cmsgpack.unpack(known[2])
if call and call.d[step] then return {1, call.d[step], 1, call.m[step], call.s[step] or 0, 0} end

-- Which targets' stored configurations are ours, older (replaced) or newer (we choose among what both know).
local groups, older = {}, 0
for at = first_target, #ARGV, target_size do
  local raw = at == first_target and known[3] or redis.call('GETRANGE', group_key .. ARGV[at], 0, 23)
  local stored_hash, stored_version = string.sub(raw or '', 1, 16), raw and raw ~= '' and struct.unpack('<d', raw, 17)
  local g = {id = ARGV[at], raw = raw, at = at, strategy = 0, window_hours = 0, ring = 0, max_attempts = 0, max_total = 0, talk = 0, count = 0,
    base = 0, ids = 0, vts = 0, rows = 0, timeout = 0}
  if stored_hash ~= ARGV[at + 1] then
    if ARGV[at + 2] == '' then return {2} end
    g.config = cjson.decode(ARGV[at + 2])
    if stored_version and stored_version > plan_version then
      older, g.own = 1, {}
      for _, m in ipairs(g.config.members) do
        if m[6] == 1 then g.own[m[1]] = true end
      end
      g.config = nil
    end
  elseif stored_version < plan_version then
    g.newer_version = true
  end
  groups[#groups + 1] = g
end

-- From here on things are written.
local touched = redis.call('ZRANGEBYSCORE', leases_key, '-inf', string.format("%d", now), 'LIMIT', 0, 1)[1]
if touched then lifecycle().expire_leases(32) end
call = call or new_call(facts)
if touched then call = load_call(call_id) or call end
if call.n == 0 then call.f = facts end

-- The dial that ended, by the signed URL's word or by our own memory.
local function end_dial(agent, target, of_step, points)
  local row = load_row(agent)
  lifecycle().release(row, agent, target, call_id, of_step)
  if points and not (call.j and call.j[of_step]) then
    lifecycle().judge(agent, row, points)
    call.j = call.j or {}
    call.j[of_step] = 1
  end
  save_row(agent, row)
  if call.l and call.l[3] == of_step then call.l[4] = 0 end
  touched = true
end
if ARGV[13] ~= '' then end_dial(ARGV[11], ARGV[12], tonumber(ARGV[13]), tonumber(ARGV[10])) end
if call.l and call.l[4] == 1 and call.l[3] ~= step then end_dial(call.l[1], call.l[2], call.l[3]) end

-- The rows of these members and, once, what holds for the whole tenant.
local cap, hours, tenant_full
local function load_rows(ids)
  local count = #ids
  if cap then return count > 0 and redis.call('HMGET', agents_key, unpack(ids)) or {} end
  ids[count + 1], ids[count + 2] = 'plan', 'listed'
  local rows = redis.call('HMGET', agents_key, unpack(ids))
  cap, hours = tenant_settings(rows[count + 1], plan_version, ARGV[6], ARGV[7])
  tenant_full = cap < no_cap and redis.call('ZCARD', leases_key) >= cap
  if not rows[count + 2] then list_tenant() end
  return rows
end

-- Reads a target's string as it is now; false when it names nobody.
local function open_target(g, first)
  if g.config then
    load_rows({})
    g.raw = replace_stored(g.id, g.raw ~= '' and redis.call('GET', group_key .. g.id), ARGV[g.at + 1], plan_version, g.config, hours)
  elseif touched or not first then
    g.raw = redis.call('GET', group_key .. g.id)
  end
  if g.newer_version then redis.call('SETRANGE', group_key .. g.id, 16, struct.pack('<d', plan_version)) end
  local _, _, strategy, _, window, ring, attempts, total, talk, credits, tiers, count = struct.unpack(header_format, g.raw)
  g.strategy, g.window_hours, g.ring, g.max_attempts, g.max_total, g.talk, g.count = strategy, window, ring, attempts, total, talk, count
  if credits > 0 and credits < now_minute then rotation().age_credits(g) end
  g.base, g.ids, g.vts = first_member(g.raw), {}, {}
  for tier = 1, tiers do g.vts[tier] = struct.unpack('<d', g.raw, header_size + (tier - 1) * tier_size + 5) end
  for i = 1, count do
    local at = g.base + (i - 1) * member_size
    g.ids[i] = string.sub(g.raw, at, at + 23)
  end
end

-- The pick's row with one lease and one assignment more; in its current minute only the front of it is written anew.
local function assigned_row(agent, raw)
  if raw then
    local active, minute, count, h1, h2, h3, t1, t2, t3 = struct.unpack('<I4I4I4BBBI4I4I4', raw)
    if minute >= now_minute and h1 == hours[1] and h2 == hours[2] and h3 == hours[3] then
      return struct.pack('<I4I4I4BBBI4I4I4d', active + 1, minute, count + 1, h1, h2, h3, t1 + (h1 > 0 and 1 or 0), t2 + (h2 > 0 and 1 or 0),
        t3 + (h3 > 0 and 1 or 0), now) .. string.sub(raw, 36)
    end
  end
  local row = row_of(raw)
  window().advance_row(agent, row, hours)
  window().count_assignment(agent, row, row[2], 1)
  row[1], row[10] = row[1] + 1, now
  return packed_row(row)
end

-- Counts and leases the pick, moves its pass and the tier's virtual time.
local function take(g, pick, tier, pass, weight, vt)
  local agent, at, key = g.ids[pick], g.base + (pick - 1) * member_size, group_key .. g.id
  local row = assigned_row(agent, g.rows[pick])
  if dirty_rows[1] then
    dirty_rows[#dirty_rows + 1], dirty_rows[#dirty_rows + 2] = agent, row
    redis.call('HSET', agents_key, unpack(dirty_rows))
    dirty_rows = {}
  else
    redis.call('HSET', agents_key, agent, row)
  end
  local active = struct.unpack('<I4', g.raw, at + member_active_offset) + 1
  redis.call('SETRANGE', key, at + member_pass_offset - 1, struct.pack('<dI4', pass + math.floor(1e6 / weight + 0.5), active))
  if vt > g.vts[tier] then redis.call('SETRANGE', key, header_size + (tier - 1) * tier_size + 4, struct.pack('<d', vt)) end
  if vt >= 549755813888 then rotation().rebase(g, tier, vt) end
  local expiry = string.format('%d', now + (g.timeout + 100) * 1000)
  redis.call('ZADD', leases_key, expiry, agent .. '|' .. g.id .. '|' .. call_id .. '|' .. step)
  return agent, expiry
end

-- Answers the agent and the lease's expiry, or nil and why this target can't take the call.
local function try_target(g, first, attempts, started_at)
  open_target(g, first)
  if attempts >= g.max_attempts then return nil, 'attempts_exhausted' end
  local left = g.max_total - math.floor((now - started_at) / 1000)
  if attempts > 0 and left < 8 then return nil, 'time_budget' end
  if g.count == 0 then return nil, 'no_members' end
  g.rows = load_rows(g.ids)
  local pick, eligible, tier, pass, weight, vt = scan(g, ARGV[15] .. call.t, tenant_full, hours, nil)
  if not pick then
    if eligible == 0 then return nil, attempts > 0 and 'attempts_exhausted' or 'none_eligible' end
    return nil, tenant_full and 'tenant_at_capacity' or 'all_at_capacity'
  end
  g.timeout = math.min(g.ring, left)
  return take(g, pick, tier, pass, weight, vt)
end

local agent_decision = '{"link":%s,"reason":"%s","fallback":%s,"kind":"agent","targetId":"%s","agentId":"%s","attempt":%d,'
  .. '"timeoutSeconds":%d,"timeLimitSeconds":%d}'
local decision, reason, started_at, deadline
local all_full = #groups > 0
for index, g in ipairs(groups) do
  local attempts = index == 1 and tonumber(ARGV[17]) or 0
  started_at = attempts > 0 and tonumber(ARGV[18]) or now
  local agent, why = try_target(g, index == 1, attempts, started_at)
  if agent then
    reason = reason or 'matched'
    if ARGV[16] ~= '' and ARGV[16] ~= 'matched' then reason = ARGV[16] end
    decision = string.format(agent_decision, ARGV[g.at + 3], reason, ARGV[g.at + 4], g.id, agent, attempts + 1, g.timeout, g.talk)
    deadline = why
    call.l, call.r, call.x, call.t = {agent, g.id, step, 1}, g.timeout, g.talk, call.t .. agent
    break
  end
  reason = reason or why
  if why ~= 'all_at_capacity' and why ~= 'tenant_at_capacity' then all_full = false end
end
-- Health that changed although nobody was taken.
if dirty_rows[1] then redis.call('HSET', agents_key, unpack(dirty_rows)) end

local evidence = 'null'
if not decision then
  if not cap then load_rows({}) end
  if ARGV[16] ~= '' and ARGV[16] ~= 'matched' then reason = ARGV[16] end
  local body = ARGV[end_arguments]
  if body == '' then body = all_full and '"kind":"reject","rejectAs":"busy"' or '"kind":"hangup"' end
  decision = '{"link":' .. ARGV[end_arguments + 1] .. ',"reason":"' .. (reason or 'matched') .. '","fallback":' .. ARGV[end_arguments + 2] .. ',' .. body .. '}'
  call.l, call.r, call.x, started_at = nil, tonumber(ARGV[end_arguments + 3]), tonumber(ARGV[end_arguments + 4]), 0
  deadline = now + (call.r + 100) * 1000
  local final = call.x == 0 and parse_evidence(ARGV[14])
  if final then
    raise_evidence(call, unpack(final))
    evidence = evidence_json(final)
  end
  if call.x == 0 and call.e[1] == 4 then deadline = nil end
end

raise_evidence(call, 1, 0, 0, 0, 'routing')
call.d[step], call.m[step], call.s[step], call.n = decision, now, started_at, math.max(call.n, step)
save_call(call_id, call, deadline)
remember_sip_ids(ARGV[19], call_id)
journal('"facts":' .. facts .. ',"decision":' .. decision .. ',"evidence":' .. evidence .. ',"degraded":false,' .. ARGV[9])
return {1, decision, 0, now, started_at, older}
