-- Caps on new outbound calls: at the same time, and in any sixty seconds. Counted where it is decided, so that no two pass at once.

-- caps: "concurrent per-minute", a dash for no limit. True for a call that is one too many; any other is counted.
local function refuse_outbound(call_id, caps)
  local concurrent, per_minute = string.match(caps, '^(%S+) (%S+)$')
  concurrent, per_minute = tonumber(concurrent), tonumber(per_minute)
  -- Known by an update that came before its first request, it would count itself.
  redis.call('ZREM', outbound_key, call_id)
  if concurrent and redis.call('ZCOUNT', outbound_key, '(' .. string.format('%d', now), '+inf') >= concurrent then return true end
  if not per_minute then return false end
  redis.call('ZREMRANGEBYSCORE', dialled_key, '-inf', string.format('%d', now - 60000))
  if redis.call('ZCARD', dialled_key) >= per_minute then return true end
  redis.call('ZADD', dialled_key, string.format('%d', now), call_id)
  redis.call('EXPIRE', dialled_key, 120)
  return false
end
