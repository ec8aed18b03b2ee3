-- May somebody try to sign in to this account now? If so it counts as failed, until its success deletes the key.
-- KEYS 1 the account. ARGV 1 test clock · 2 failures without a pause · 3 longest pause in milliseconds · 4 milliseconds until failures are forgotten.
-- Returns milliseconds to wait, 0 when it may go on.
-- @include shared-clock
local free, longest = tonumber(ARGV[2]), tonumber(ARGV[3])
local failures = tonumber(redis.call('HGET', KEYS[1], 'failures')) or 0
local failed_at = tonumber(redis.call('HGET', KEYS[1], 'at')) or 0
local pause = failures > free and math.min(1000 * 2 ^ (failures - free - 1), longest) or 0
local wait = math.ceil(failed_at + pause - now)
if pause > 0 and wait > 0 then return wait end
redis.call('HSET', KEYS[1], 'failures', failures + 1, 'at', string.format('%.0f', now))
redis.call('PEXPIRE', KEYS[1], ARGV[4])
return 0
