-- Removes what has run out in one tenant: leases, and live calls of which nothing was heard. Bounded; safe to run twice.
-- KEYS 1 the partition's prefix, 2 the tenant's. ARGV 1 test clock · 2 tenant · 3 job · 4 fencing token · 5 at most so many.
-- Returns {code, removed}: 0 stale fence · 1 done · 2 more is left · 3 no epoch.
-- @include shared-clock
-- @include shared-agent-row
-- @include shared-window
-- @include shared-journal
-- @include shared-health
-- @include shared-group-layout
-- @include shared-call
-- @include shared-lease
-- @include shared-fence
if not fence_holds(ARGV[3], tonumber(ARGV[4])) then return {0, 0} end
if redis.call('EXISTS', epoch_key) == 0 then return {3, 0} end
local limit = tonumber(ARGV[5])
local removed = expire_leases(limit)
if removed < limit then
  local silent = redis.call('ZRANGEBYSCORE', live_key, '-inf', now, 'LIMIT', 0, limit - removed)
  for i = 1, #silent do time_out(silent[i], nil) end
  removed = removed + #silent
end
if removed == limit then return {2, removed} end
if redis.call('ZCARD', leases_key) == 0 and redis.call('ZCARD', live_key) == 0 then
  redis.call('SREM', tenants_key, tenant_id)
  redis.call('HDEL', agents_key, 'listed')
end
return {1, removed}
