-- May this be done once more? At most so many in any stretch of the window's length, for all processes together.
-- KEYS 1 when the last ones were done, the newest first. ARGV 1 test clock · 2 the window in milliseconds · 3 most in it.
-- Returns {1 allowed or 0, milliseconds until one is allowed}. Others may ask with another most: what counts is the same.
-- @include shared-clock
local window, most = tonumber(ARGV[2]), tonumber(ARGV[3])
local oldest = tonumber(redis.call('LINDEX', KEYS[1], most - 1))
if oldest and oldest + window > now then return {0, oldest + window - now} end
redis.call('LPUSH', KEYS[1], now)
redis.call('LTRIM', KEYS[1], 0, 99)
redis.call('PEXPIRE', KEYS[1], window)
return {1, 0}
