-- Level start: a member that joins or is enabled again is credited with what the least loaded of the others has in its window.

-- An agent's minutes of the window, oldest first, the current one last.
local function window_minutes(agent, minutes)
  local row = load_row(agent)
  advance_row(agent, row, hours)
  save_row(agent, row)
  local bytes = read_minutes(ring_key .. agent, slots_of(hours[1], hours[2], hours[3]), row[2] - minutes + 1, row[2])
  return string.sub(bytes, 1, -5) .. struct.pack('<I4', row[3])
end

-- The same with the credit that a member holds already.
local function credited_minutes(agent, minutes)
  local bytes = window_minutes(agent, minutes)
  local credit = redis.call('HGET', credit_key .. target, agent) or ''
  for at = 1, #credit, 8 do
    local minute, count = struct.unpack('<I4I4', credit, at)
    local index = (minutes - 1 - (now_minute - minute)) * 4 + 1
    if index >= 1 then
      local sum = struct.unpack('<I4', bytes, index) + count
      bytes = string.sub(bytes, 1, index - 1) .. struct.pack('<I4', sum) .. string.sub(bytes, index + 4)
    end
  end
  return bytes
end

-- Least loaded, per weight, of the members that were enabled before and still are.
local function least_loaded(incumbents, minutes)
  local least
  for _, m in ipairs(incumbents) do
    local bytes = credited_minutes(m.id, minutes)
    local load = sum_counters(bytes)
    if not least or load * least.weight < least.load * m.weight then least = {bytes = bytes, load = load, weight = m.weight} end
  end
  return least
end

-- Packed buckets {minute, count}, newest first, that lift a newcomer to that level and never above it; and their sum.
local function level_credit(least, newcomer, minutes)
  local own = window_minutes(newcomer.id, minutes)
  local share = newcomer.weight / least.weight
  local missing = math.floor(least.load * share) - sum_counters(own)
  local buckets, theirs, ours, granted = {}, 0, 0, 0
  for back = 0, minutes - 1 do
    if granted >= missing then break end
    local at = (minutes - 1 - back) * 4 + 1
    theirs = theirs + struct.unpack('<I4', least.bytes, at)
    ours = ours + struct.unpack('<I4', own, at)
    local give = math.min(math.floor(theirs * share) - ours - granted, missing - granted)
    if give > 0 then
      granted = granted + give
      buckets[#buckets + 1] = struct.pack('<I4I4', now_minute - back, give)
    end
  end
  return table.concat(buckets), granted
end

local function grant_credits(incumbents, newcomers, window_hours)
  local minutes = math.min(window_hours * 60, slots_of(hours[1], hours[2], hours[3]))
  local least = least_loaded(incumbents, minutes)
  if not least then return end
  for _, m in ipairs(newcomers) do
    local buckets, granted = level_credit(least, m, minutes)
    m.credit = granted
    if granted > 0 then redis.call('HSET', credit_key .. target, m.id, buckets) end
  end
end
