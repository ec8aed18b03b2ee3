-- Chooses among a target's members: eligible, available, then the smallest by the strategy's criteria; ties by (position, id).
-- The loop runs once per member: it works on locals and unpacks each row once.

-- One pass over the members. skip: who is passed over for health; nil in a first pass, which then may answer with the blocked.
local function scan(g, tried, tenant_full, hours, skip)
  local raw, rows, ids, own, vts, strategy = g.raw, g.rows, g.ids, g.own, g.vts, g.strategy
  local struct_unpack, find, at = struct.unpack, string.find, g.base - member_size + 24
  local hours1, hours2, hours3 = hours[1], hours[2], hours[3]
  -- Which of the three totals is the group's window.
  local index = strategy == 3 and (hours2 == g.window_hours and 2 or hours3 == g.window_hours and 3 or 1)
  local best, best_tier, best_pass, best_weight, best_load
  local enabled, eligible, fresh, blocked = 0, 0, {}, nil
  for i = 1, g.count do
    at = at + member_size
    local agent_cap, member_cap, tier, weight, on, pass, member_active, credit = struct_unpack('<I4I4BBBdI4I4', raw, at)
    if on == 1 and (not own or own[ids[i]]) then
      enabled = enabled + 1
      local active, minute, count, h1, h2, h3, t1, t2, t3, last, health, since = 0
      if rows[i] then
        active, minute, count, h1, h2, h3, t1, t2, t3, last, health, since = struct_unpack('<I4I4I4BBBI4I4I4dBd', rows[i])
      end
      local usable = true
      if health and health ~= 0 then
        health, since = rare().settled_row(g, i)
        if health == 1 or (health == 2 and active > 0) then
          if skip then
            usable = not skip[i]
          else
            blocked = blocked or {}
            blocked[#blocked + 1] = {since, i}
          end
        end
      end
      if usable then
        local free = active < agent_cap and member_active < member_cap and not tenant_full
        local untried = tried == '' or not find(tried, ids[i], 1, true)
        local vt = vts[tier]
        if pass < vt then pass = vt end
        if untried then eligible = eligible + 1 end
        if free then
          local least = fresh[tier]
          if not least or pass < least then fresh[tier] = pass end
          if untried then
            if health == 3 then weight = weight * math.max(0.1, (now - since) / 60000) end
            local better, load = not best, 0
            if index then
              if minute then
                if minute < now_minute and (count > 0 or t1 + t2 + t3 > 0) or h1 ~= hours1 or h2 ~= hours2 or h3 ~= hours3 then
                  load = rare().advanced_total(g, i, hours, index)
                elseif minute >= now_minute then
                  load = index == 1 and t1 or index == 2 and t2 or t3
                end
              end
              load = load + credit
              if best then
                local mine, theirs = load * best_weight, best_load * weight
                better = mine < theirs or (mine == theirs and pass < best_pass)
              end
            elseif best then
              better = tier < best_tier or (tier == best_tier and pass < best_pass)
            end
            if better then best, best_tier, best_pass, best_weight, best_load = i, tier, pass, weight, load end
          end
        end
      end
    end
  end
  if blocked then return scan(g, tried, tenant_full, hours, rare().skipped_members(blocked, enabled)) end
  return best, eligible, best_tier, best_pass, best_weight, fresh[best_tier or 0]
end
