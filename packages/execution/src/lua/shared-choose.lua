-- Chooses among a target's members: eligible, available, then the smallest by the strategy's criteria; ties by (position, id). Both loops
-- run once per member: they work on locals; what a claim changes is kept beside the target, so that the next one unpacks nothing.

-- How the members stand, by index: those who are not passed over for health, free slots, tier, weight, pass, leases, load.
-- skip: who is passed over for health; nil in a first pass.
local function survey(g, skip)
  local raw, ids, own, strategy, struct_unpack, at = g.raw, g.ids, g.own, g.strategy, struct.unpack, g.base - member_size + 24
  local usable, free, tiers, weights, passes, actives, loads = {}, {}, {}, {}, {}, {}, {}
  local hours1, hours2, hours3 = hours[1], hours[2], hours[3]
  -- Which of the three totals is the group's window.
  local index = strategy == 3 and (hours2 == g.window_hours and 2 or hours3 == g.window_hours and 3 or 1)
  local enabled, count, blocked = 0, 0, nil
  g.steady = true
  for i = 1, g.count do
    at = at + member_size
    local agent_cap, member_cap, tier, weight, on, pass, member_active, credit = struct_unpack('<I4I4BBBdI4I4', raw, at)
    local agent = ids[i]
    if on == 1 and (not own or own[agent]) then
      enabled = enabled + 1
      local row, active, minute, current, h1, h2, h3, t1, t2, t3, last, health, since = rows[agent], 0
      if row then active, minute, current, h1, h2, h3, t1, t2, t3, last, health, since = struct_unpack('<I4I4I4BBBI4I4I4dBd', row) end
      local is_usable, load = true, 0
      if health and health ~= 0 then
        health, since = rare().settled_row(agent)
        if health == 1 or health == 2 then g.steady = false end
        if health == 1 or (health == 2 and active > 0) then
          if skip then
            is_usable = not skip[i]
          else
            blocked = blocked or {}
            blocked[#blocked + 1] = {since, i}
          end
        elseif health == 3 then
          weight = weight * math.max(0.1, (now - since) / 60000)
        end
      end
      if is_usable then
        if index and minute then
          if minute < now_minute and (current > 0 or t1 + t2 + t3 > 0) or h1 ~= hours1 or h2 ~= hours2 or h3 ~= hours3 then
            load = rare().advanced_row(agent, hours)[6 + index]
          elseif minute >= now_minute then
            load = index == 1 and t1 or index == 2 and t2 or t3
          end
        end
        count = count + 1
        usable[count], free[i], tiers[i], weights[i], passes[i], actives[i], loads[i] =
          i, math.min(agent_cap - active, member_cap - member_active), tier, weight, pass, member_active, load + credit
      end
    end
  end
  if blocked and not skip then return survey(g, rare().skipped_members(blocked, enabled)) end
  g.usable, g.free, g.tiers, g.weights, g.passes, g.actives, g.loads, g.surveyed = usable, free, tiers, weights, passes, actives, loads, true
end

-- Answers the pick's index (nil none), how many were eligible, its tier, pass and weight, and its tier's virtual time.
local function choose(g, tried, tenant_full)
  local usable, free, tiers, weights, passes, loads, ids, vts, find = g.usable, g.free, g.tiers, g.weights, g.passes, g.loads, g.ids, g.vts, string.find
  local by_load, eligible, fresh = g.strategy == 3, 0, {}
  local best, best_tier, best_pass, best_weight, best_load
  for k = 1, #usable do
    local i = usable[k]
    local untried = tried == '' or not find(tried, ids[i], 1, true)
    if untried then eligible = eligible + 1 end
    if free[i] > 0 and not tenant_full then
      local tier, pass = tiers[i], passes[i]
      local vt, least = vts[tier], fresh[tier]
      if pass < vt then pass = vt end
      if not least or pass < least then fresh[tier] = pass end
      if untried then
        local better = not best
        if not better then
          if by_load then
            local mine, theirs = loads[i] * best_weight, best_load * weights[i]
            better = mine < theirs or (mine == theirs and pass < best_pass)
          else
            better = tier < best_tier or (tier == best_tier and pass < best_pass)
          end
        end
        if better then best, best_tier, best_pass, best_weight, best_load = i, tier, pass, weights[i], loads[i] end
      end
    end
  end
  return best, eligible, best_tier, best_pass, best_weight, fresh[best_tier or 0]
end
