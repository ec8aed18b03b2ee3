-- What is done once in a long while to a target's string: credits age, virtual times are rebased.
-- Credits lose the minutes that have left the window, once a minute.
local function age_credits(g)
  local key, oldest, left = credit_key .. g.id, now_minute - g.window_hours * 60, 0
  local all = redis.call('HGETALL', key)
  for i = 1, #all, 2 do
    local agent, buckets, kept, sum = all[i], all[i + 1], 0, 0
    while kept < #buckets do
      local minute, count = struct.unpack('<I4I4', buckets, kept + 1)
      if minute <= oldest then break end
      kept, sum = kept + 8, sum + count
    end
    if sum == 0 then
      redis.call('HDEL', key, agent)
    elseif kept < #buckets then
      redis.call('HSET', key, agent, string.sub(buckets, 1, kept))
    end
    if sum > 0 then left = now_minute end
    local at = find_member(g.raw, agent)
    if at then g.raw = string.sub(g.raw, 1, at + member_credit_offset - 1) .. struct.pack('<I4', sum) .. string.sub(g.raw, at + member_credit_offset + 4) end
  end
  g.raw = string.sub(g.raw, 1, 36) .. struct.pack('<I4', left) .. string.sub(g.raw, 41)
  redis.call('SET', group_key .. g.id, g.raw)
end

-- A tier's virtual time is brought down to zero, its passes with it, before they grow past 2^40.
local function rebase(g, tier, vt)
  local raw, key = redis.call('GET', group_key .. g.id), group_key .. g.id
  for i = 1, g.count do
    local at = g.base + (i - 1) * member_size
    if struct.unpack('B', raw, at + 32) == tier then
      redis.call('SETRANGE', key, at + member_pass_offset - 1, struct.pack('<d', math.max(0, struct.unpack('<d', raw, at + member_pass_offset) - vt)))
    end
  end
  redis.call('SETRANGE', key, header_size + (tier - 1) * tier_size + 4, struct.pack('<d', 0))
end
