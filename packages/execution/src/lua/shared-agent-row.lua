-- What Redis knows of an agent, packed: one field of the tenant's hash `agents`, so that one HMGET reads a whole group.
--  1 active leases · 2 health (0 healthy, 1 ejected, 2 probing, 3 ramping) · 3 since: ejected at (kept while probing), ramping
--  or healthy since · 4 ejected until · 5 current minute · 6 its assignments · 7-9 window lengths in hours · 10-12 assignments
--  in each window · 13 last assigned at · 14 failure points in a row (halves) · 15 times ejected · 16 successes while probing
--  17 newest ten seconds · 18-23 dials ended in each of six of them · 24-29 their failure points (halves)
local row_format = '<I4BddI4I4BBBI4I4I4dBBBI4I2I2I2I2I2I2I2I2I2I2I2I2'
-- The first twelve: what a choice looks at.
local row_head_format = '<I4BddI4I4BBBI4I4I4'

local function row_of(raw)
  if raw then return {sunpack(row_format, raw)} end
  return {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}
end

local function packed_row(row)
  return spack(row_format, unpack(row, 1, 29))
end

local function load_row(agent)
  return row_of(rcall('HGET', agents_key, agent))
end

local function save_row(agent, row)
  rcall('HSET', agents_key, agent, packed_row(row))
end
