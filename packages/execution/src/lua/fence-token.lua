-- The next fencing token of a job: greater than every one before it, also when Redis has forgotten them (then by the clock).
-- KEYS 1 the counter. Returns the token.
local time = redis.call('TIME')
local token = math.max((tonumber(redis.call('GET', KEYS[1])) or 0) + 1, time[1] * 1000 + math.floor(time[2] / 1000))
redis.call('SET', KEYS[1], string.format('%.0f', token))
return token
