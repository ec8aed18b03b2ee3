-- Lets one more outbound call begin, or not: counted under a name of its own until the platform has named the call.
-- KEYS 1 the partition's prefix, 2 the tenant's. ARGV 1 test clock · 2 tenant · 3 name · 4 caps "concurrent per-minute"
--  · 5 seconds that it may ring ('' gives the place back instead: the call is known under its own name now, or was not placed).
-- Returns 0 no epoch · 1 let through · 2 one too many.
-- @include shared-clock
-- @include shared-call
-- @include shared-outbound
if redis.call('EXISTS', epoch_key) == 0 then return 0 end
if ARGV[5] == '' then
  redis.call('ZREM', outbound_key, ARGV[3])
  return 1
end
if refuse_outbound(ARGV[3], ARGV[4]) then return 2 end
redis.call('ZADD', outbound_key, string.format('%d', now + (tonumber(ARGV[5]) + 100) * 1000), ARGV[3])
return 1
