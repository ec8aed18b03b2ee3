-- The clock of every script: Redis's own, in milliseconds. ARGV[1] holds a test's clock in its place, else it is empty.
local now = tonumber(ARGV[1])
if not now then
  local time = redis.call('TIME')
  now = time[1] * 1000 + math.floor(time[2] / 1000)
end
local now_minute = math.floor(now / 60000)
-- @define tenant_id ARGV[2]
