-- What Redis knows of an agent, packed: one field of the tenant's hash `agents`, so that one HMGET reads a whole group.
--  1 active leases · 2 current minute · 3 its assignments · 4-6 window lengths in hours · 7-9 assignments in each window
--  10 last assigned at · 11 health (0 healthy, 1 ejected, 2 probing, 3 ramping) · 12 since: ejected at (kept while probing),
--  ramping or healthy since · 13 ejected until · 14 failure points in a row (halves) · 15 times ejected · 16 successes while
--  probing · 17 newest ten seconds · 18-23 dials ended in each of six of them · 24-29 their failure points (halves)
local function row_of(raw)
  if raw then return {struct.unpack('<I4I4I4BBBI4I4I4dBddBBBI4I2I2I2I2I2I2I2I2I2I2I2I2', raw)} end
  return {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}
end

local function packed_row(row)
  return struct.pack('<I4I4I4BBBI4I4I4dBddBBBI4I2I2I2I2I2I2I2I2I2I2I2I2', unpack(row, 1, 29))
end

local function load_row(agent)
  return row_of(redis.call('HGET', agents_key, agent))
end

local function save_row(agent, row)
  redis.call('HSET', agents_key, agent, packed_row(row))
end
