-- May this be done once more? The even rate with a burst of gcra.ts, for all processes together.
-- KEYS 1 when the next would be due. ARGV 1 test clock · 2 milliseconds between two at the even rate · 3 the burst.
-- Returns {1 allowed or 0, milliseconds that the next is ahead, milliseconds until one is allowed}; text, since Redis cuts numbers.
-- @include shared-clock
local interval, burst = tonumber(ARGV[2]), tonumber(ARGV[3])
local due = math.max(tonumber(redis.call('GET', KEYS[1])) or 0, now)
local due_next = due + interval
local retry = due_next - burst * interval - now
if retry > 0 then return {0, string.format('%.3f', due - now), string.format('%.3f', retry)} end
redis.call('SET', KEYS[1], string.format('%.3f', due_next), 'PX', math.ceil(due_next - now))
return {1, string.format('%.3f', due_next - now), '0'}
