-- All live calls of a tenant, or one of them, and the journal's last id, at one instant.
-- KEYS 1 the partition's prefix, 2 the tenant's. ARGV 1 test clock · 2 tenant · 3 call ('' all of them).
-- Returns {last id, {call id, state JSON, …}}.
-- @include shared-clock
-- @include shared-call
local info, last_id = redis.call('EXISTS', journal_key) == 1 and redis.call('XINFO', 'STREAM', journal_key) or {}, '0-0'
for i = 1, #info, 2 do
  if info[i] == 'last-generated-id' then last_id = info[i + 1] end
end
local ids, found
if ARGV[3] == '' then
  ids, found = redis.call('ZRANGE', live_key, 0, -1), {}
else
  ids, found = redis.call('ZSCORE', live_key, ARGV[3]) and {ARGV[3]} or {}, {}
end
for i = 1, #ids do
  local call = load_call(ids[i])
  if call then
    local held = call.l and call.l[4] == 1
    -- A call that the sweep gave up and that spoke again is what it said last.
    local state = call.e[5]
    if call.e[1] == 4 then state = call.h == 3 and 'connected' or call.h == 2 and 'ringing' or 'routing' end
    found[#found + 1] = ids[i]
    found[#found + 1] = '{"facts":' .. call.f .. ',"state":"' .. state .. '","step":' .. call.n .. ',"decision":' .. (call.d[call.n] or 'null')
      .. ',"leased":' .. tostring(held == true) .. ',"startedAt":' .. call.b .. ',"answeredAt":' .. (call.a or 'null')
      .. ',"degraded":' .. tostring(call.g ~= nil) .. '}'
  end
end
return {last_id, found}
