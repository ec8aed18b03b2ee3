-- Whom a claim that came now would choose, and how the members it asks stand: the claim itself in a dry run, then its pick taken back.
-- KEYS and ARGV as the claim has them for one call, every target's configuration sent along.
-- Returns the claim's reply, then, where something was decided: the tenant's cap and leases, and per target it asked {id, per member
--  {id, agent cap, member cap, enabled, active, member active, health, since, ejected until, calls in window, start credit}}.
-- @include shared-dry-run
local function claim()
  -- @include claim
end
local reply = claim()
if type(reply[3]) ~= 'string' then return {reply} end

-- @include shared-clock
-- @include shared-agent-row
-- @include shared-window
-- @include shared-journal
-- @include shared-health
-- @include shared-group-layout
-- @include shared-call
-- @include shared-lease
-- @include shared-tenant
local decision = cjson.decode(reply[3])
local cap, hours = tenant_settings(redis.call('HGET', agents_key, 'plan'), 0, '', '')

if decision.kind == 'agent' then
  local row = load_row(decision.agentId)
  release(row, decision.agentId, decision.targetId, ARGV[first_call], ARGV[first_call + 1])
  count_assignment(decision.agentId, row, row[2], -1)
  save_row(decision.agentId, row)
end

local function standing_of(raw, at, window_index)
  local id, agent_cap, member_cap, _, _, enabled, _, active, credit = struct.unpack(member_format, raw, at)
  local row = load_row(id)
  advance_row(id, row, hours)
  settle_health(id, row)
  return {id, agent_cap, member_cap, enabled, row[1], active, health_names[row[11]], row[12], row[13], row[6 + window_index], credit}
end

local targets = {}
for at = first_target, first_call - 1, target_size do
  if tonumber(ARGV[at + 3]) > decision.link then break end
  local raw, members = redis.call('GET', group_key .. ARGV[at]), {}
  local window, base = struct.unpack('<I2', raw, 27), first_member(raw)
  local index = hours[2] == window and 2 or hours[3] == window and 3 or 1
  for i = 1, struct.unpack('<I2', raw, 43) do members[i] = standing_of(raw, base + (i - 1) * member_size, index) end
  targets[#targets + 1] = {ARGV[at], members}
end
return {reply, cap, redis.call('ZCARD', leases_key), targets}
