-- How agents stand, in a dry run: hundreds at once, while calls wait, so that what most rows need is done on locals.

-- A window's total now, of an agent that is only counted: what leaves is subtracted, nothing is laid out anew.
local function total_now(agent, hours1, hours2, hours3, from, hours, total)
  local minutes = hours * 60
  if total == 0 or now_minute - from >= minutes then return 0 end
  if now_minute <= from then return total end
  return total - sum_counters(read_minutes(ring_key .. agent, slots_of(hours1, hours2, hours3), from - minutes + 1, now_minute - minutes))
end

-- By the functions of the claim, for a row whose health time may change or whose windows have other lengths.
local function settled_figure(agent, raw, lengths, cause)
  local row = row_of(raw)
  advance_row(agent, row, lengths or {row[4], row[5], row[6]})
  cause = settle_health(agent, row) and redis.call('HGET', causes_key, agent) or cause or ''
  return {row[1], health_names[row[11]], row[13], row[4], row[5], row[6], row[7], row[8], row[9], row[10], cause, row[12]}
end

local function figure_of(agent, raw, lengths, cause)
  if not raw then return settled_figure(agent, raw, lengths, cause) end
  local active, minute, _, h1, h2, h3, t1, t2, t3, last, health, since, till = struct.unpack('<I4I4I4BBBI4I4I4dBdd', raw)
  if health ~= 0 or lengths and (h1 ~= lengths[1] or h2 ~= lengths[2] or h3 ~= lengths[3]) then
    return settled_figure(agent, raw, lengths, cause)
  end
  return {active, health_names[0], till, h1, h2, h3, total_now(agent, h1, h2, h3, minute, h1, t1), total_now(agent, h1, h2, h3, minute, h2, t2),
    total_now(agent, h1, h2, h3, minute, h3, t3), last, cause or '', since}
end

-- Of so many arguments from one on, each an agent; lengths: of the windows, nil as each agent's row has them. Answers a figure per agent:
-- {active, health, ejected until, window hours ×3, assignments ×3, last assigned at, cause and when "at cause" of its last change of
-- health or '', since}.
local function figures_of(first, count, lengths)
  local figures = {}
  if count == 0 then return figures end
  local last = first + count - 1
  local rows = stored.call('HMGET', agents_key, unpack(ARGV, first, last))
  local causes = stored.call('HMGET', causes_key, unpack(ARGV, first, last))
  for i = 1, count do
    figures[i] = figure_of(ARGV[first + i - 1], rows[i], lengths, causes[i])
  end
  return figures
end

local function window_lengths(text)
  if text == '' then return nil end
  local h1, h2, h3 = string.match(text, '^(%d*),?(%d*),?(%d*)$')
  return {tonumber(h1) or 0, tonumber(h2) or 0, tonumber(h3) or 0}
end
