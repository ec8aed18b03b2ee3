-- What the claims of one moment know of the tenant and its agents: read once, changed here, written together by `write_down`. Whatever
-- reads these keys by itself comes after `write_down`, and after what changes them comes `forget`.
local now_text = string.format('%d', now)

-- Numbers as text, each made once: the same few come with every call.
local texts = {}
local function whole(number)
  local text = texts[number]
  if not text then
    text = string.format('%d', number)
    texts[number] = text
  end
  return text
end

local leases, live, sip_ids = {}, {}, {}
-- The tenant's: cap, window lengths, leases held (counted only under a cap).
local cap, hours, leased = nil, nil, 0

local function write_down()
  local fields = {}
  for agent in pairs(changed) do fields[#fields + 1], fields[#fields + 2] = agent, rows[agent] end
  if fields[1] then
    redis.call('HSET', agents_key, unpack(fields))
    changed = {}
  end
  for _, g in ipairs(groups) do
    if g.open then
      local key = group_key .. g.id
      for i in pairs(g.moved) do
        redis.call('SETRANGE', key, whole(g.base + (i - 1) * member_size + member_pass_offset - 1), struct.pack('<dI4', g.passes[i], g.actives[i]))
      end
      for tier in pairs(g.risen) do redis.call('SETRANGE', key, header_size + tier * tier_size - 8, struct.pack('<d', g.vts[tier])) end
      g.moved, g.risen = {}, {}
    end
  end
  if leases[1] then redis.call('ZADD', leases_key, unpack(leases)) end
  if live[1] then redis.call('ZADD', live_key, unpack(live)) end
  if sip_ids[1] then keep_sip_ids(sip_ids) end
  leases, live, sip_ids = {}, {}, {}
end

-- Reads a target anew when it is asked next.
local function close(g)
  write_down()
  g.open, g.whole = false, false
end

local function forget()
  rows, cap = {}, nil
  for _, g in ipairs(groups) do g.open, g.whole = false, false end
end

-- The rows of these agents and, once, what holds for the whole tenant.
local function load_rows(ids)
  local wanted = {}
  for i = 1, #ids do
    if rows[ids[i]] == nil then wanted[#wanted + 1] = ids[i] end
  end
  local count = #wanted
  if cap then
    if count == 0 then return end
  else
    wanted[count + 1], wanted[count + 2] = 'plan', 'listed'
  end
  local found = redis.call('HMGET', agents_key, unpack(wanted))
  for i = 1, count do rows[wanted[i]] = found[i] end
  if cap then return end
  local stored, stored_cap, h1, h2, h3 = -1
  if found[count + 1] then stored, stored_cap, h1, h2, h3 = struct.unpack('<dI4BBB', found[count + 1]) end
  if stored >= plan_version then
    cap, hours = stored_cap, {h1, h2, h3}
  else
    cap, hours = rare().tenant_settings(found[count + 1], plan_version, ARGV[4], ARGV[5])
  end
  leased = cap < no_cap and redis.call('ZCARD', leases_key) or 0
  if not found[count + 2] then rare().list_tenant() end
end

-- Reads a target's string as it is now, where it was not read before.
local function open_target(g)
  if g.open then return end
  if g.config then
    write_down()
    load_rows({})
    g.raw = rare().replace_config(g.id, g.raw and redis.call('GET', group_key .. g.id), ARGV[g.at + 1], plan_version, cjson.decode(g.config), hours)
    g.config, rows = nil, {}
  elseif not g.whole then
    g.raw = redis.call('GET', group_key .. g.id)
  end
  g.open, g.whole, g.surveyed = true, true, false
  local _, version, strategy, _, window, ring, attempts, total, talk, credits, tiers, count = struct.unpack(header_format, g.raw)
  g.strategy, g.window_hours, g.talk, g.count, g.moved, g.risen, g.ring, g.attempts, g.total = strategy, window, talk, count, {}, {}, ring, attempts, total
  g.base = header_size + tiers * tier_size + 1
  if version < plan_version then redis.call('SETRANGE', group_key .. g.id, 16, struct.pack('<d', plan_version)) end
  if credits > 0 and credits < now_minute then rare().age_credits(g) end
  local raw, ids, vts = g.raw, {}, {}
  for tier = 1, tiers do vts[tier] = struct.unpack('<d', raw, header_size + tier * tier_size - 7) end
  local sub, at = string.sub, g.base
  for i = 1, count do
    ids[i] = sub(raw, at, at + 23)
    at = at + member_size
  end
  g.ids, g.vts = ids, vts
end

-- Counts the pick, moves its pass and the tier's virtual time; holds is 1 where it is leased, else 0. In the row's current minute only its
-- front is written anew.
local function take(g, pick, tier, pass, weight, vt, holds)
  local agent = g.ids[pick]
  local raw = rows[agent]
  local active, minute, count, h1, h2, h3, t1, t2, t3 = 0, 0
  if raw then active, minute, count, h1, h2, h3, t1, t2, t3 = struct.unpack('<I4I4I4BBBI4I4I4', raw) end
  if minute >= now_minute and h1 == hours[1] and h2 == hours[2] and h3 == hours[3] then
    raw = struct.pack('<I4I4I4BBBI4I4I4d', active + holds, minute, count + 1, h1, h2, h3, t1 + 1, h2 > 0 and t2 + 1 or 0, h3 > 0 and t3 + 1 or 0, now)
      .. string.sub(raw, 36)
  else
    raw = rare().assigned_row(agent, raw, hours, holds)
  end
  rows[agent], changed[agent], leased = raw, true, leased + holds
  g.passes[pick], g.actives[pick], g.moved[pick] = pass + math.floor(1e6 / weight + 0.5), g.actives[pick] + holds, true
  g.free[pick], g.loads[pick] = g.free[pick] - holds, g.loads[pick] + 1
  if vt > g.vts[tier] then g.vts[tier], g.risen[tier] = vt, true end
  if vt >= 549755813888 then
    write_down()
    rare().rebase(g, tier, vt)
    close(g)
  end
  -- Who is blocked depends on who has a call; another target may have the same agents.
  if not g.steady then close(g) end
  for _, other in ipairs(groups) do
    if other ~= g and other.open then close(other) end
  end
  return agent
end
