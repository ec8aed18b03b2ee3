-- How an agent stands, in a dry run.
local whole, lean = {}, {SETRANGE = nothing, DEL = nothing, EXISTS = nothing,
  GETRANGE = function(...) return stored.call('GETRANGE', ...) end}
for name in pairs(lean) do whole[name] = commands[name] end

-- Each agent is looked at once. Only where its windows are laid out anew is its ring read after it was written: else nothing is.
local function choose_commands(row, hours)
  local same = row[4] == hours[1] and row[5] == hours[2] and row[6] == hours[3]
  for name, command in pairs(same and lean or whole) do commands[name] = command end
end

-- hours: the window lengths, nil as the agent's row has them. Answers {active, health, ejected until, window hours ×3, assignments ×3,
-- last assigned at, cause and when "at cause" of its last change of health or '', since}.
local function figure_of(agent, hours)
  local row = load_row(agent)
  hours = hours or {row[4], row[5], row[6]}
  choose_commands(row, hours)
  advance_row(agent, row, hours)
  settle_health(agent, row)
  return {row[1], health_names[row[11]], row[13], row[4], row[5], row[6], row[7], row[8], row[9], row[10],
    redis.call('HGET', causes_key, agent) or '', row[12]}
end

local function window_lengths(text)
  if text == '' then return nil end
  local h1, h2, h3 = string.match(text, '^(%d*),?(%d*),?(%d*)$')
  return {tonumber(h1) or 0, tonumber(h2) or 0, tonumber(h3) or 0}
end
