-- Fencing: a job's writes count only while no later holder of its lock has written here. False for a stale holder.
local function fence_holds(job, token)
  local seen = tonumber(redis.call('GET', fence_key .. job)) or 0
  if token < seen then return false end
  if token > seen then redis.call('SET', fence_key .. job, string.format('%.0f', token)) end
  return true
end
