-- The rolling window of an agent: a ring of 32-bit minute counters, written once a minute, and running totals in the row.
-- The current minute's count lives in the row; its slot in the ring holds zero until the minute is over.

-- 5.7 KB while the tenant's longest window is a day, else 40 KB.
local function slots_of(hours1, hours2, hours3)
  return (hours1 > 24 or hours2 > 24 or hours3 > 24) and 10080 or 1440
end

local function sum_counters(bytes)
  if not string.find(bytes, '[^%z]') then return 0 end
  local total, size, at = 0, #bytes, 1
  while at + 31 <= size do
    local a, b, c, d, e, f, g, h = struct.unpack('<I4I4I4I4I4I4I4I4', bytes, at)
    total = total + a + b + c + d + e + f + g + h
    at = at + 32
  end
  while at <= size do
    total = total + struct.unpack('<I4', bytes, at)
    at = at + 4
  end
  return total
end

-- The counters of the minutes first to last, oldest first; what was never written is zero.
local function read_minutes(key, slots, first, last)
  local slot, length = first % slots, (last - first + 1) * 4
  local before_wrap = math.min(length, (slots - slot) * 4)
  local bytes = redis.call('GETRANGE', key, slot * 4, slot * 4 + before_wrap - 1)
  if before_wrap < length then
    bytes = bytes .. string.rep('\0', before_wrap - #bytes) .. redis.call('GETRANGE', key, 0, length - before_wrap - 1)
  end
  return bytes .. string.rep('\0', length - #bytes)
end

-- A ring is made in its full size: a string that grows is given up to twice its length.
local function write_minutes(key, slots, first, bytes)
  if redis.call('EXISTS', key) == 0 then redis.call('SETRANGE', key, slots * 4 - 1, '\0') end
  local slot = first % slots
  local before_wrap = (slots - slot) * 4
  redis.call('SETRANGE', key, slot * 4, string.sub(bytes, 1, before_wrap))
  if #bytes > before_wrap then redis.call('SETRANGE', key, 0, string.sub(bytes, before_wrap + 1)) end
  redis.call('EXPIRE', key, 691200)
end

-- The tenant's window lengths have changed: the ring is laid out anew if it must, every total is counted again.
local function change_windows(key, row, hours)
  local minute, slots = row[2], slots_of(row[4], row[5], row[6])
  local wanted = slots_of(hours[1], hours[2], hours[3])
  local bytes = read_minutes(key, slots, minute - slots + 1, minute)
  if wanted ~= slots and redis.call('DEL', key) == 1 then
    bytes = string.sub(string.rep('\0', math.max(0, wanted - slots) * 4) .. bytes, -wanted * 4)
    write_minutes(key, wanted, minute - wanted + 1, bytes)
  end
  for i = 1, 3 do
    row[3 + i] = hours[i]
    row[6 + i] = hours[i] > 0 and sum_counters(string.sub(bytes, -hours[i] * 240)) + row[3] or 0
  end
end

-- Brings a row to the current minute: what leaves each window is subtracted, the minute that ended is written to the ring.
local function advance_row(agent, row, hours)
  local from = row[2]
  local elapsed = now_minute - from
  local same = row[4] == hours[1] and row[5] == hours[2] and row[6] == hours[3]
  if elapsed <= 0 and same then return end
  local key = ring_key .. agent
  if from > 0 and elapsed > 0 then
    local slots = slots_of(row[4], row[5], row[6])
    for i = 1, 3 do
      local minutes = row[3 + i] * 60
      if elapsed >= minutes then
        row[6 + i] = 0
      elseif row[6 + i] > 0 then
        row[6 + i] = row[6 + i] - sum_counters(read_minutes(key, slots, from - minutes + 1, now_minute - minutes))
      end
    end
    if elapsed >= slots then
      redis.call('DEL', key)
    else
      write_minutes(key, slots, from, struct.pack('<I4', row[3]) .. string.rep('\0', elapsed * 4))
    end
  end
  -- A clock set back keeps counting in the newest minute.
  if elapsed > 0 then row[2], row[3] = now_minute, 0 end
  if same then return end
  if from > 0 then
    change_windows(key, row, hours)
  else
    row[4], row[5], row[6] = hours[1], hours[2], hours[3]
  end
end

-- One assignment more (or less) in a minute; the row has been brought to the current minute.
local function count_assignment(agent, row, minute, change)
  local slots = slots_of(row[4], row[5], row[6])
  if minute >= row[2] then
    row[3] = math.max(0, row[3] + change)
  elseif minute > row[2] - slots then
    local key = ring_key .. agent
    local count = struct.unpack('<I4', read_minutes(key, slots, minute, minute))
    write_minutes(key, slots, minute, struct.pack('<I4', math.max(0, count + change)))
  end
  for i = 1, 3 do
    if row[3 + i] > 0 and minute > row[2] - row[3 + i] * 60 then row[6 + i] = math.max(0, row[6 + i] + change) end
  end
end
