-- A word about a call (session update, CDR): the greatest evidence stays, a lease is prolonged, released or taken again, the event appended.
-- KEYS 1 the partition's prefix, 2 the tenant's. ARGV 1 test clock · 2 tenant · 3 call ('' when the report names none) · 4 facts JSON
--  5 the rest of the journal's event, JSON members · 6 evidence "rank source at tie state" or '' · 7 answered at or ''
--  8 SIP ids · 9 updates for unknown calls allowed in a second.
-- Returns 0 no epoch · 1 applied · 2 created · 3 shed: too many unknown calls, only counted.
-- @include shared-clock
-- @include shared-agent-row
-- @include shared-window
-- @include shared-journal
-- @include shared-health
-- @include shared-group-layout
-- @include shared-call
-- @include shared-tenant
-- @include shared-lease
-- @include shared-end-dial
local call_id, evidence = ARGV[3], parse_evidence(ARGV[6])
if redis.call('EXISTS', epoch_key) == 0 then return 0 end

-- The call that the first known of these ids leads to, '' none. Calls are reported soon: the newest ids are looked at first, those
-- ahead too, since a replica that takes over may have another clock.
local function find_by_sip_ids(text)
  local ids, found = {}, {}
  for sip in string.gmatch(text, '%S+') do ids[#ids + 1] = sip end
  if not ids[1] then return '' end
  local newest = math.floor(now_minute / sip_stretch_minutes)
  for stretch = newest + 1, newest - sip_kept_stretches, -1 do
    for i, id in ipairs(redis.call('HMGET', sip_key .. string.format('%d', stretch), unpack(ids))) do found[i] = found[i] or id end
    if found[1] then break end
  end
  for i = 1, #ids do
    if found[i] then return found[i] end
  end
  return ''
end
if call_id == '' then call_id = find_by_sip_ids(ARGV[8]) end
local call = call_id ~= '' and load_call(call_id)

-- True while this second's share of unknown calls is not used up.
local function admit_unknown()
  local second = math.floor(now / 1000)
  local of, count = string.match(redis.call('HGET', agents_key, 'unknown') or '', '^(%d+):(%d+)$')
  count = tonumber(of) == second and tonumber(count) + 1 or 1
  redis.call('HSET', agents_key, 'unknown', string.format('%d:%d', second, count))
  return count <= tonumber(ARGV[9])
end

local code, facts, was = 1, 'null', call_was(call)
if not call then
  if not admit_unknown() then return 3 end
  if call_id ~= '' then code, facts, call = 2, ARGV[4], new_call(ARGV[4]) end
end
journal('"callId":' .. (call_id == '' and 'null' or '"' .. call_id .. '"') .. ',"was":"' .. was .. '","facts":' .. facts .. ',' .. ARGV[5])
if not call then return code end

local failure_points = {completed = 0, busy = 1, ['no-answer'] = 2, failed = 2}

-- The call is over: its lease ends, and its agent is judged unless the dial's result has done so.
local function end_call()
  local lease = call.l
  if lease then end_dial(call, call_id, lease[1], lease[2], lease[3], failure_points[evidence[5]]) end
end

-- The call is alive: its lease reaches to the end of the longest talk once connected; one that ran out is taken again.
local function keep_alive()
  local connected, lease = evidence and evidence[1] == 3, call.l
  local deadline = tonumber(redis.call('ZSCORE', live_key, call_id) or 0)
  if connected and call.x > 0 then
    deadline = now + (call.x + 60) * 1000
  elseif deadline < now then
    deadline = now + (call.r + 100) * 1000
  end
  if lease and lease[4] == 1 then
    redis.call('ZADD', leases_key, 'XX', deadline, lease_of(lease[1], lease[2], call_id, lease[3]))
  elseif lease and evidence and evidence[1] >= 2 then
    local row = load_row(lease[1])
    take_over_cap(row, lease[1], lease[2], call_id, lease[3], deadline)
    save_row(lease[1], row)
    lease[4] = 1
    journal('"type":"lease_retaken","callId":"' .. call_id .. '","step":' .. lease[3] .. ',"agentId":"' .. lease[1] .. '"')
  end
  list_tenant()
  save_call(call_id, call, deadline)
end

if evidence then
  raise_evidence(call, unpack(evidence))
  if evidence[1] < 4 then call.h = math.max(call.h, evidence[1]) end
end
call.a = call.a or tonumber(ARGV[7])
remember_sip_ids(ARGV[8], call_id)
if call.e[1] == 4 and call.e[2] > 1 then
  if evidence and evidence[1] == 4 then end_call() end
  save_call(call_id, call, nil)
elseif call.e[1] == 4 and not (evidence and evidence[1] >= 2) then
  save_call(call_id, call, call.l and call.l[4] == 1 and tonumber(redis.call('ZSCORE', live_key, call_id)) or nil)
else
  keep_alive()
end
return code
