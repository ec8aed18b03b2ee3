-- A target's newer configuration takes the stored one's place: what members have gathered stays, newcomers start level.
-- config (JSON): strategy, level, window, ring, attempts, total, call, members [id, agent cap, member cap, priority, weight, enabled].
local function replace_config(target, raw, hash, version, config, hours)
-- @include shared-level-start

  local function stored_members()
    local members = {}
    if not raw then return members end
    local listed = first_member(raw) + struct.unpack('<I2', raw, 43) * member_size
    for at = first_member(raw), #raw - member_size + 1, member_size do
      local id, agent_cap, member_cap, tier, weight, enabled, pass, active, credit = struct.unpack(member_format, raw, at)
      local priority = struct.unpack('<I4', raw, header_size + (tier - 1) * tier_size + 1)
      members[id] = {listed = at < listed, priority = priority, enabled = enabled, pass = pass, active = active, credit = credit}
    end
    return members
  end

  local function stored_times()
    local times = {}
    if not raw then return times end
    for at = header_size + 1, first_member(raw) - 1, tier_size do
      local priority, time = struct.unpack(tier_format, raw, at)
      times[priority] = time
    end
    return times
  end

  -- Distinct priorities in order, or the one tier 0.
  local function tiers_of(members)
    local index, tiers = {}, {}
    for _, m in ipairs(members) do
      local priority = config.strategy == 2 and m[4] or 0
      if not index[priority] then
        index[priority] = 0
        tiers[#tiers + 1] = priority
      end
    end
    table.sort(tiers)
    for i, priority in ipairs(tiers) do index[priority] = i end
    return tiers, index
  end

  -- Leases that were taken before this string existed (rebuilt from the records).
  local function leases_held()
    local held = {}
    for _, lease in ipairs(raw and {} or redis.call('ZRANGE', leases_key, 0, -1)) do
      local agent, of = string.match(lease, '^(.-)|(.-)|')
      if of == target then held[agent] = (held[agent] or 0) + 1 end
    end
    return held
  end

  local old, times, held = stored_members(), stored_times(), leases_held()
  local tiers, tier_index = tiers_of(config.members)
  local members, incumbents, newcomers = {}, {}, {}
  for i, m in ipairs(config.members) do
    local before = old[m[1]]
    local priority = config.strategy == 2 and m[4] or 0
    local member = {id = m[1], agent_cap = m[2], member_cap = m[3], tier = tier_index[priority], weight = m[5], enabled = m[6],
      active = before and before.active or held[m[1]] or 0, credit = 0}
    if before and before.listed and before.priority == priority then
      member.pass = before.pass
    else
      member.pass = (times[priority] or 0) + math.floor(math.floor(1e6 / m[5] + 0.5) / 2)
    end
    local stays = before and before.listed and before.enabled == 1
    if stays then member.credit = before.credit end
    if m[6] == 1 then table.insert(stays and incumbents or newcomers, member) end
    members[i] = member
    old[m[1]] = nil
  end
  if raw and config.level == 1 and config.strategy == 3 then grant_credits(incumbents, newcomers, config.window) end

  local credits, packed = 0, {}
  for i, m in ipairs(members) do
    if m.credit > 0 then credits = now_minute end
    packed[i] = struct.pack(member_format, m.id, m.agent_cap, m.member_cap, m.tier, m.weight, m.enabled, m.pass, m.active, m.credit)
  end
  for id, m in pairs(old) do
    redis.call('HDEL', credit_key .. target, id)
    if m.active > 0 then packed[#packed + 1] = struct.pack(member_format, id, 0, 0, 1, 1, 0, 0, m.active, 0) end
  end
  local packed_tiers = {}
  for i, priority in ipairs(tiers) do packed_tiers[i] = struct.pack(tier_format, priority, times[priority] or 0) end
  local header = struct.pack(header_format, hash, version, config.strategy, config.level, config.window, config.ring, config.attempts,
    config.total, config.call, credits, #tiers, #members)
  local value = header .. table.concat(packed_tiers) .. table.concat(packed)
  redis.call('SET', group_key .. target, value)
  redis.call('HSET', agents_key, 'g:' .. target, '1')
  return value
end
