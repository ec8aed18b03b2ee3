-- A world that ends with the script: what is written stays here, what was not is read from Redis. Whoever includes this first changes
-- nothing: a command that is not listed is an error.
local stored = redis
local strings, hashes, sorted_sets = {}, {}, {}

local function string_at(key)
  if strings[key] == nil then strings[key] = stored.call('GET', key) end
  return strings[key]
end

local function written(of, key)
  of[key] = of[key] or {}
  return of[key]
end

local function field_of(key, field)
  local value = written(hashes, key)[field]
  if value ~= nil then return value end
  return stored.call('HGET', key, field)
end

-- Scores of members that were added, false for those that were removed.
local function score_of(key, member)
  local score = written(sorted_sets, key)[member]
  if score ~= nil then return score end
  return stored.call('ZSCORE', key, member)
end

-- Those of the members read that nothing was written about.
local function untouched(key, members)
  local left, changes = {}, written(sorted_sets, key)
  for _, member in ipairs(members) do
    if changes[member] == nil then left[#left + 1] = member end
  end
  return left
end

local function nothing() return 1 end

local commands = {
  TIME = function() return stored.call('TIME') end,
  XADD = nothing, SADD = nothing, TTL = nothing, EXPIRE = nothing,
  GET = string_at,
  EXISTS = function(key) return string_at(key) and 1 or 0 end,
  MGET = function(...)
    local values = {...}
    for i, key in ipairs(values) do values[i] = string_at(key) end
    return values
  end,
  GETRANGE = function(key, first, last)
    if strings[key] == nil then return stored.call('GETRANGE', key, first, last) end
    return string.sub(strings[key] or '', first + 1, last + 1)
  end,
  SET = function(key, value) strings[key] = value end,
  SETRANGE = function(key, offset, value)
    local old = string_at(key) or ''
    old = old .. string.rep('\0', offset - #old)
    strings[key] = string.sub(old, 1, offset) .. value .. string.sub(old, offset + #value + 1)
  end,
  DEL = function(...)
    local count = 0
    for _, key in ipairs({...}) do
      if string_at(key) then count = count + 1 end
      strings[key] = false
    end
    return count
  end,
  HGET = field_of,
  HMGET = function(key, ...)
    local fields, changes = {...}, written(hashes, key)
    local values = stored.call('HMGET', key, ...)
    for i, field in ipairs(fields) do
      if changes[field] ~= nil then values[i] = changes[field] end
    end
    return values
  end,
  HGETALL = function(key)
    local pairs_read, changes, all = stored.call('HGETALL', key), written(hashes, key), {}
    for i = 1, #pairs_read, 2 do
      if changes[pairs_read[i]] == nil then all[#all + 1], all[#all + 2] = pairs_read[i], pairs_read[i + 1] end
    end
    for field, value in pairs(changes) do
      if value then all[#all + 1], all[#all + 2] = field, value end
    end
    return all
  end,
  HSET = function(key, ...)
    local changes, given = written(hashes, key), {...}
    for i = 1, #given, 2 do changes[given[i]] = given[i + 1] end
  end,
  HSETNX = function(key, field, value)
    if field_of(key, field) then return 0 end
    written(hashes, key)[field] = value
    return 1
  end,
  HDEL = function(key, field) written(hashes, key)[field] = false end,
  ZSCORE = score_of,
  ZADD = function(key, ...)
    local added, given = 0, {...}
    for i = 1, #given, 2 do
      if not score_of(key, given[i + 1]) then added = added + 1 end
      written(sorted_sets, key)[given[i + 1]] = tonumber(given[i])
    end
    return added
  end,
  ZREM = function(key, member)
    local known = score_of(key, member)
    written(sorted_sets, key)[member] = false
    return known and 1 or 0
  end,
  ZCARD = function(key)
    local count = stored.call('ZCARD', key)
    for member, score in pairs(written(sorted_sets, key)) do
      local before = stored.call('ZSCORE', key, member)
      if score and not before then count = count + 1 elseif before and not score then count = count - 1 end
    end
    return count
  end,
  -- From a score on, itself not included.
  ZCOUNT = function(key, from, to)
    local count, least = stored.call('ZCOUNT', key, from, to), tonumber(string.sub(from, 2))
    for member, score in pairs(written(sorted_sets, key)) do
      local before = stored.call('ZSCORE', key, member)
      if before and tonumber(before) > least then count = count - 1 end
      if score and score > least then count = count + 1 end
    end
    return count
  end,
  ZREMRANGEBYSCORE = function(key, first, last)
    for _, member in ipairs(untouched(key, stored.call('ZRANGEBYSCORE', key, first, last))) do written(sorted_sets, key)[member] = false end
  end,
  ZRANGE = function(key)
    local members = untouched(key, stored.call('ZRANGE', key, 0, -1))
    for member, score in pairs(written(sorted_sets, key)) do
      if score then members[#members + 1] = member end
    end
    return members
  end,
  -- What is added here is due later: only members read can be among the first.
  ZRANGEBYSCORE = function(key, first, last, _, offset, limit)
    local changed = 0
    for _ in pairs(written(sorted_sets, key)) do changed = changed + 1 end
    local members = untouched(key, stored.call('ZRANGEBYSCORE', key, first, last, 'LIMIT', offset, limit + changed))
    for i = #members, limit + 1, -1 do members[i] = nil end
    return members
  end,
}

local redis = {call = function(command, ...)
  if not commands[command] then error('a dry run knows no ' .. command) end
  return commands[command](...)
end}
