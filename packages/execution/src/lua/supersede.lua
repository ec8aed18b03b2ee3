-- Puts a decision that a process took by itself (Redis did not answer in time) into Redis, exactly once. A claim that ran all the same,
-- its answer lost, with another agent: its lease is released, its assignment un-counted. A test call never held or counted anything.
-- KEYS 1 the partition's prefix, 2 the tenant's. ARGV 1 test clock · 2 tenant · 3 call · 4 step · 5 facts JSON · 6 the rest of the journal's
--  event, JSON members · 7-10 the ended dial: points ('' judges nothing), agent, target, step ('' none) · 11 its final evidence
--  · 12 decision JSON · 13, 14 its agent and target ('' none) · 15, 16 ring and talk limit (0 nothing is dialled) · 17 decided at · 18 SIP ids.
-- Returns 0 no epoch · 1 adopted · 2 adopted before.
-- @include shared-clock
-- @include shared-agent-row
-- @include shared-window
-- @include shared-journal
-- @include shared-health
-- @include shared-group-layout
-- @include shared-call
-- @include shared-lease
-- @include shared-end-dial
-- @include shared-tenant
local call_id, step, agent, target, decided_at = ARGV[3], tonumber(ARGV[4]), ARGV[13], ARGV[14], tonumber(ARGV[17])
if redis.call('EXISTS', epoch_key) == 0 then return 0 end
local call, test = load_call(call_id), is_test(ARGV[5])
local was = call_was(call)
call = call or new_call(ARGV[5])
if call.g and call.g[step] then return 2 end
if call.n == 0 then call.f, call.b = ARGV[5], math.min(call.b, decided_at) end

local _, hours = tenant_settings(redis.call('HGET', agents_key, 'plan') or struct.pack(tenant_format, 0, no_cap, 24, 0, 0), 0, '', '')
local function change_count(row, of, at, change)
  advance_row(of, row, hours)
  count_assignment(of, row, math.floor(at / 60000), change)
end

-- The lost claim's choice, when there was one; true when it was the same.
local function take_back(lost)
  if lost.kind ~= 'agent' then return false end
  if lost.agentId == agent and lost.targetId == target then return true end
  if not test then
    local row = load_row(lost.agentId)
    release(row, lost.agentId, lost.targetId, call_id, step)
    change_count(row, lost.agentId, call.m[step], -1)
    save_row(lost.agentId, row)
  end
  call.t = string.gsub(call.t, lost.agentId, '', 1)
  journal('"type":"superseded","callId":"' .. call_id .. '","step":' .. step .. ',"agentId":"' .. lost.agentId .. '"')
  return false
end
local same = call.d[step] and take_back(cjson.decode(call.d[step])) or false

if ARGV[10] ~= '' and not test then end_dial(call, call_id, ARGV[8], ARGV[9], tonumber(ARGV[10]), tonumber(ARGV[7])) end

local newest, over = step >= call.n, call.e[1] == 4 and call.e[2] > 1
if newest and call.l and call.l[4] == 1 and call.l[3] < step then end_dial(call, call_id, call.l[1], call.l[2], call.l[3]) end
local ring, talk = tonumber(ARGV[15]), tonumber(ARGV[16])
local deadline = decided_at + (ring + 100) * 1000
if call.h == 3 and talk > 0 then deadline = now + (talk + 60) * 1000 end

-- Counted in the minute it was given; leased while the call may still be on the line.
local function lease_and_count()
  local row, held = load_row(agent), 0
  change_count(row, agent, decided_at, 1)
  row[10] = math.max(row[10], decided_at)
  if newest and not over and deadline > now then
    take_over_cap(row, agent, target, call_id, step, deadline)
    held = 1
  end
  save_row(agent, row)
  local raw = redis.call('GET', group_key .. target)
  local at = raw and find_member(raw, agent)
  if at then
    local weight, pass = struct.unpack('B', raw, at + 33), struct.unpack('<d', raw, at + member_pass_offset)
    redis.call('SETRANGE', group_key .. target, at + member_pass_offset - 1, struct.pack('<d', pass + math.floor(1e6 / weight + 0.5)))
  end
  call.t = call.t .. agent
  if newest then call.l = {agent, target, step, held} end
end
if test then
  call.t = call.t .. agent
elseif agent ~= '' and not same then
  lease_and_count()
elseif newest and agent == '' then
  call.l = nil
end

local evidence, final = 'null', talk == 0 and parse_evidence(ARGV[11])
if final then
  raise_evidence(call, unpack(final))
  evidence = evidence_json(final)
end
raise_evidence(call, 1, 0, 0, 0, 'routing')
call.d[step], call.m[step], call.g = ARGV[12], call.m[step] or decided_at, call.g or {}
call.s[step] = call.s[step] or (agent ~= '' and decided_at or 0)
call.g[step] = 1
if newest then call.n, call.r, call.x = step, ring, talk end
local ended = call.e[1] == 4 and (call.e[2] > 1 or talk == 0)
if not newest then deadline = tonumber(redis.call('ZSCORE', live_key, call_id) or deadline) end
if not ended then list_tenant() end
save_call(call_id, call, not ended and deadline or nil)
remember_sip_ids(ARGV[18], call_id)
journal('"facts":' .. ARGV[5] .. ',"decision":' .. ARGV[12] .. ',"evidence":' .. evidence .. ',"degraded":true,"was":"' .. was .. '",' .. ARGV[6], decided_at)
return 1
