-- Leases: members `agent|target|call|step` of one sorted set, scored by their expiry; counts per agent and per member follow them.

local function lease_of(agent, target, call_id, step)
  return agent .. '|' .. target .. '|' .. call_id .. '|' .. step
end

-- Adds to the leases that an agent holds through one target; a member that has left the target keeps its row until the last one.
local function change_member_leases(target, agent, change)
  local raw = redis.call('GET', group_key .. target)
  local at = raw and find_member(raw, agent)
  if not at then return end
  local active = math.max(0, struct.unpack('<I4', raw, at + member_active_offset) + change)
  redis.call('SETRANGE', group_key .. target, at + member_active_offset - 1, struct.pack('<I4', active))
end

-- True when the lease was there. The row is the caller's to save.
local function release(row, agent, target, call_id, step)
  if redis.call('ZREM', leases_key, lease_of(agent, target, call_id, step)) == 0 then return false end
  row[1] = math.max(0, row[1] - 1)
  change_member_leases(target, agent, -1)
  return true
end

-- Takes a lease whatever the caps say: for a call that is on the line already.
local function take_over_cap(row, agent, target, call_id, step, expiry)
  if redis.call('ZADD', leases_key, expiry, lease_of(agent, target, call_id, step)) == 0 then return false end
  row[1] = row[1] + 1
  change_member_leases(target, agent, 1)
  return true
end

-- A call of which nothing was heard until its lease or its deadline ran out. Whoever removes it writes it down.
local function time_out(call_id, step)
  local call = load_call(call_id)
  local was = call_was(call)
  if call then
    if step and call.n > step then return end
    if call.l then call.l[4] = 0 end
    local known = call.e[1] == 4
    raise_evidence(call, 4, 1, now, 0, 'timeout')
    save_call(call_id, call, nil)
    if known then return end
    step = call.n
  else
    redis.call('ZREM', live_key, call_id)
    redis.call('ZREM', outbound_key, call_id)
  end
  journal('"type":"timeout","callId":"' .. call_id .. '","was":"' .. was .. '","step":' .. (step or 0) .. ',"evidence":'
    .. evidence_json({4, 1, now, 0, 'timeout'}))
end

-- Removes what has run out, at most so many; answers how many there were.
local function expire_leases(limit)
  local gone = redis.call('ZRANGEBYSCORE', leases_key, '-inf', now, 'LIMIT', 0, limit)
  for i = 1, #gone do
    local agent, target, call_id, step = string.match(gone[i], '^(.-)|(.-)|(.-)|(.+)$')
    local row = load_row(agent)
    release(row, agent, target, call_id, step)
    save_row(agent, row)
    time_out(call_id, tonumber(step))
  end
  return #gone
end
