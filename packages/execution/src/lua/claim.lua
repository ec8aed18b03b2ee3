-- The claims of one moment, one call after the other: this (call, step) seen? the decision as before · what has run out is removed · the
-- ended dial's lease is released and its agent judged · choose · lease · window and pass · the call's state · the event appended. All or
-- nothing, one round trip. What the calls share is read and written once: Redis's time is spent on commands, whatever they do.
-- KEYS 1 the partition's prefix, 2 the tenant's. ARGV
--  1 test clock · 2 tenant · 3 plan version · 4 tenant cap ('' none) · 5 window lengths, comma separated · 6 reason known
--  · 7-11 the first end link: JSON members ('' built in), index, fallback JSON, ring and talk limit (0 nothing is dialled) · 12 caps of an
--  outbound call ('' any other) · 13 how many targets · per target: id, content hash, configuration JSON or '', link index, fallback JSON
--  · then per call: id, step, facts JSON, the rest of the journal's event (JSON members), SIP ids, what came before ('' nothing): JSON of the
--  ended dial's points ('' judges nothing), agent, target, step ('' none), its final evidence "rank source at tie state", ids tried,
--  attempts in the first target, when they began, 1 when the call begins to go out.
-- Returns {} no epoch · {now, 1 when a stored configuration is newer than ours, per call: a decision's JSON · a repeat's {decision JSON,
--  decided at, target started at (0 none), the call's facts JSON} · 2 a configuration is missing: send it (nothing was written)}.
-- @include shared-clock
-- @define end_arguments 7
-- @define outbound_caps 12
-- @define first_target 14
-- @define target_size 5
-- @define first_call (14 + ARGV[13] * 5)
-- @define call_size 6
local plan_version = tonumber(ARGV[3])
local rows, changed = {}, {}

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
    replace_config = replace_config, age_credits = age_credits, rebase = rebase, advanced_row = advanced_row, settled_row = settled_row,
    refuse_outbound = refuse_outbound, note_outbound = note_outbound, skipped_members = skipped_members, assigned_row = assigned_row}
  return rare_tools
end

local names, calls = {epoch_key, group_key .. (ARGV[13] == '0' and '' or ARGV[first_target])}, {}
for at = first_call, #ARGV, call_size do names[#names + 1] = call_key .. ARGV[at] end
local known = redis.call('MGET', unpack(names))
if not known[1] then return {} end

-- Which targets' stored configurations are ours, older (replaced) or newer (we choose among what both know).
local groups, older, is_missing = {}, 0, false
for at = first_target, first_call - 1, target_size do
  local raw = known[2]
  if at > first_target then raw = redis.call('GETRANGE', group_key .. ARGV[at], 0, 23) end
  if raw == '' then raw = false end
  local g = {id = ARGV[at], raw = raw, at = at, whole = at == first_target, open = false, surveyed = false, steady = true, base = 0, count = 0, ids = 0, vts = 0,
    moved = 0, risen = 0, strategy = 0, window_hours = 0, ring = 0, attempts = 0, total = 0, talk = 0, timeout = 0}
  if not raw or string.sub(raw, 1, 16) ~= ARGV[at + 1] then
    if ARGV[at + 2] == '' then
      is_missing = true
      break
    end
    if raw and struct.unpack('<d', raw, 17) > plan_version then
      older, g.own = 1, {}
      for _, m in ipairs(cjson.decode(ARGV[at + 2]).members) do
        if m[6] == 1 then g.own[m[1]] = true end
      end
    else
      g.config = ARGV[at + 2]
    end
  end
  groups[#groups + 1] = g
end

-- @include shared-sip-ids
-- @include shared-claim-state
-- @include shared-choose
-- @include shared-claim-call

local pruned, replies = false, {now, older}
for at = first_call, #ARGV, call_size do
  local id, step = ARGV[at], tonumber(ARGV[at + 1])
  local call = calls[id]
  if call == nil then
    local raw = known[(at - first_call) / call_size + 3]
    call = raw and cmsgpack.unpack(raw)
  end
  if call and call.d[step] then
    replies[#replies + 1] = {call.d[step], call.m[step], call.s[step] or 0, call.f}
  elseif is_missing then
    replies[#replies + 1] = 2
  else
    -- From here on things are written.
    if not pruned then
      pruned = true
      if redis.call('ZRANGEBYSCORE', leases_key, '-inf', now_text, 'LIMIT', 0, 1)[1] then
        rare().expire_leases(32)
        forget()
        calls = {}
        for i = 3, #known do known[i] = redis.call('GET', names[i]) end
        call = rare().load_call(id)
      end
    end
    call, replies[#replies + 1] = decide(at, call, step)
  end
  calls[id] = call
end
write_down()
return replies
