-- What a choice does with single members' rows now and then; what was changed is written down with the rest.

-- Brings one row to the current minute and answers it; called at most once a minute for a member with traffic.
local function advanced_row(agent, hours)
  local row = row_of(rows[agent])
  advance_row(agent, row, hours)
  rows[agent], changed[agent] = packed_row(row), true
  return row
end

-- Health and since when, after what time alone changes.
local function settled_row(agent)
  local row = row_of(rows[agent])
  if settle_health(agent, row) then rows[agent], changed[agent] = packed_row(row), true end
  return row[11], row[12]
end

-- Of the blocked at most half of the enabled members are skipped, the longest ejected first: a call that may fail beats a certain hang-up.
local function skipped_members(blocked, enabled)
  table.sort(blocked, function(a, b) return a[1] < b[1] or (a[1] == b[1] and a[2] < b[2]) end)
  local skip = {}
  for k = 1, math.min(#blocked, math.floor(enabled / 2)) do skip[blocked[k][2]] = true end
  return skip
end

-- The row of an agent that takes a call: one assignment more, and one lease where one is held.
local function assigned_row(agent, raw, hours, held)
  local row = row_of(raw)
  advance_row(agent, row, hours)
  count_assignment(agent, row, row[2], 1)
  row[1], row[10] = row[1] + held, now
  return packed_row(row)
end
