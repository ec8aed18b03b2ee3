-- An agent's health as outcomes and time change it; every change is an event with its cause.
local health_names = {[0] = 'healthy', 'ejected', 'probing', 'ramping'}

-- The cause stays beside the row, with when it began: written when health changes, read when somebody asks.
local function set_health(agent, row, to, since, cause, began)
  journal('"type":"agent_health","agentId":"' .. agent .. '","from":"' .. health_names[row[11]] .. '","to":"' .. health_names[to]
    .. '","cause":"' .. cause .. '"')
  redis.call('HSET', causes_key, agent, string.format('%d %s', began or now, cause))
  row[11], row[12] = to, since
end

-- What time alone changes; true when it did.
local function settle_health(agent, row)
  if row[11] == 1 and now >= row[13] then
    row[16] = 0
    set_health(agent, row, 2, row[12], 'ejection over', row[13])
    return true
  end
  if row[11] == 3 and now - row[12] >= 60000 then
    set_health(agent, row, 0, row[12] + 60000, 'ramped up', row[12] + 60000)
    return true
  end
  return false
end

-- 30 s for each time in succession, at most 5 min; ten minutes healthy start the count again.
local function eject(agent, row, cause)
  if row[11] == 0 and now - row[12] >= 600000 then row[15] = 0 end
  row[15] = math.min(255, row[15] + 1)
  row[13] = now + math.min(30000 * row[15], 300000)
  row[14], row[16] = 0, 0
  for i = 18, 29 do row[i] = 0 end
  set_health(agent, row, 1, now, cause)
end

-- Counts one ended dial among those of the last 60 s; answers how many there were and their failure points (halves).
local function count_outcome(row, points)
  local newest = math.floor(now / 10000)
  for bucket = math.max(row[17] + 1, newest - 5), newest do
    row[18 + bucket % 6], row[24 + bucket % 6] = 0, 0
  end
  row[17] = math.max(row[17], newest)
  local slot = row[17] % 6
  row[18 + slot] = math.min(65535, row[18 + slot] + 1)
  row[24 + slot] = math.min(65535, row[24 + slot] + points)
  local dials, sum = 0, 0
  for i = 0, 5 do dials, sum = dials + row[18 + i], sum + row[24 + i] end
  return dials, sum
end

-- One dial has ended: points 0 good, 1 busy (half a failure), 2 a failure.
local function judge(agent, row, points)
  if row[11] == 3 then settle_health(agent, row) end
  if row[11] == 1 then return end
  local dials, sum = count_outcome(row, points)
  if points == 0 then
    row[14] = 0
    if row[11] == 2 then
      row[16] = row[16] + 1
      if row[16] >= 2 then set_health(agent, row, 3, now, 'two probes answered') end
    end
    return
  end
  row[14] = math.min(255, row[14] + points)
  if row[11] == 2 then
    eject(agent, row, 'a probe failed')
  elseif row[14] >= 10 then
    eject(agent, row, 'five failures in a row')
  elseif dials >= 10 and sum >= dials then
    eject(agent, row, 'half of the dials in 60 s failed')
  end
end
