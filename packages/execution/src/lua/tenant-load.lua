-- How many calls a tenant has on the line.
-- KEYS 1 the partition's prefix, 2 the tenant's. ARGV 1 test clock · 2 tenant.
-- Returns {live calls, leases of agents that have not run out}.
-- @include shared-clock
return {redis.call('ZCARD', live_key), redis.call('ZCOUNT', leases_key, string.format('(%d', now), '+inf')}
