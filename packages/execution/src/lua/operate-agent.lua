-- What an operator does to one agent: ejects it as five failures would, makes it healthy at once, or has its counters start anew.
-- Running calls and their leases stay as they are.
-- KEYS 1 the partition's prefix, 2 the tenant's. ARGV 1 test clock · 2 tenant · 3 agent · 4 eject, restore or reset_counters
--  · 5 … the targets that it is a member of.
-- Returns {0} no epoch · {1, health before, health after}.
-- @include shared-clock
-- @include shared-agent-row
-- @include shared-window
-- @include shared-journal
-- @include shared-health
-- @include shared-group-layout
-- @include shared-tenant
if redis.call('EXISTS', epoch_key) == 0 then return {0} end
local agent, verb = ARGV[3], ARGV[4]
local row = load_row(agent)
local before = health_names[row[11]]
settle_health(agent, row)

local function forget_failures()
  for i = 14, 16 do row[i] = 0 end
  for i = 18, 29 do row[i] = 0 end
end

local function restore()
  if row[11] ~= 0 then set_health(agent, row, 0, now, 'restored by an operator') end
  row[13] = 0
  forget_failures()
end

local function forget_calls(hours)
  advance_row(agent, row, hours)
  row[3], row[7], row[8], row[9] = 0, 0, 0, 0
  redis.call('DEL', ring_key .. agent)
end

-- In each target it stands as one who joins: level with the others, or an empty window would bring it every call.
local function start_anew(target, hours)
-- @include shared-level-start

  local key = group_key .. target
  local raw = redis.call('GET', key)
  local at = raw and find_member(raw, agent)
  if not at then return end
  local members, own = {}, nil
  local _, _, strategy, level, window, _, _, _, _, _, _, count = struct.unpack(header_format, raw)
  for i = 1, count do
    local id, _, _, tier, weight, enabled = struct.unpack(member_format, raw, first_member(raw) + (i - 1) * member_size)
    if id == agent then own = {id = id, weight = weight, tier = tier, credit = 0} elseif enabled == 1 then members[#members + 1] = {id = id, weight = weight} end
  end
  if not own then return end
  local _, virtual_time = struct.unpack(tier_format, raw, header_size + (own.tier - 1) * tier_size + 1)
  local stride = math.floor(1e6 / own.weight + 0.5)
  redis.call('SETRANGE', key, at + member_pass_offset - 1, struct.pack('<d', virtual_time + math.floor(stride / 2)))
  redis.call('HDEL', credit_key .. target, agent)
  if strategy == 3 and level == 1 then grant_credits(members, {own}, window) end
  redis.call('SETRANGE', key, at + member_credit_offset - 1, struct.pack('<I4', own.credit))
  -- From when credits are aged: the header's minute.
  if own.credit > 0 then redis.call('SETRANGE', key, 36, struct.pack('<I4', now_minute)) end
end

if verb == 'restore' then
  restore()
elseif verb == 'eject' then
  if row[11] ~= 1 then eject(agent, row, 'ejected by an operator') end
elseif verb == 'reset_counters' then
  local plan = redis.call('HGET', agents_key, 'plan')
  local hours = {row[4], row[5], row[6]}
  if plan then hours = select(2, tenant_settings(plan, 0, '', '')) end
  forget_calls(hours)
  forget_failures()
  save_row(agent, row)
  for i = 5, #ARGV do start_anew(ARGV[i], hours) end
  row = load_row(agent)
end
save_row(agent, row)
return {1, before, health_names[row[11]]}
