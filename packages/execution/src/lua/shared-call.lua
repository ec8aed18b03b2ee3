-- What Redis remembers of a call: one string, so that a repeat finds its answer and a late word finds its lease.
--  f facts (JSON) · e greatest evidence {rank, source, at, tie, state} · h highest word before the end (2 ringing, 3 connected)
--  d decisions by step (JSON) · m decided at, by step · s first attempt in the step's target at, by step · g degraded steps
--  t ids tried · j steps judged · l the newest lease {agent, target, step, held} · n newest step
--  r ring limit and x talk limit of what is dialled, seconds (0 when nothing is) · b first seen at · a answered at
--  o 1 when it came in and goes out
-- @define final_ttl_seconds 3600
-- @include shared-sip-ids

local function new_call(facts)
  return {f = facts, e = {0, 0, 0, 0, 'initiated'}, h = 0, d = {}, m = {}, s = {}, t = '', n = 0, r = 120, x = 14400, b = now}
end

local function load_call(id)
  local raw = redis.call('GET', call_key .. id)
  return raw and cmsgpack.unpack(raw)
end

-- How far the call had come, for whoever is told what happens to it next; nil is a call not known before.
local function call_was(call)
  if not call then return 'unknown' end
  local talked = call.h == 3 or call.a
  if call.e[1] == 4 then return talked and 'talked' or 'over' end
  return talked and 'talking' or 'open'
end

-- Greatest first rank, then source, time, tie: any order and any repetition of the same words ends the same.
local function raise_evidence(call, rank, source, at, tie, state)
  local old = call.e
  local higher = rank > old[1]
  if rank == old[1] then
    higher = source > old[2]
    if source == old[2] then higher = at > old[3] or (at == old[3] and tie > old[4]) end
  end
  if higher then call.e = {rank, source, at, tie, state} end
  return higher
end

local function evidence_json(e)
  return '{"rank":' .. e[1] .. ',"source":' .. e[2] .. ',"at":' .. e[3] .. ',"tie":' .. e[4] .. ',"state":"' .. e[5] .. '"}'
end

-- Reads "rank source at tie state"; nil for an empty text.
local function parse_evidence(text)
  if text == '' then return nil end
  local rank, source, at, tie, state = string.match(text, '^(%S+) (%S+) (%S+) (%S+) (%S+)$')
  return {tonumber(rank), tonumber(source), tonumber(at), tonumber(tie), state}
end

local function is_test(facts)
  return string.find(facts, '"test":true', 1, true) ~= nil
end

-- Outbound calls that are dialled stand in a set by their deadlines for as long as they are live: a cap counts them.
local function note_outbound(id, call, deadline)
  if not (call.o or string.find(call.f, '"direction":"outbound"', 1, true)) or is_test(call.f) then return end
  if deadline and call.x > 0 then
    redis.call('ZADD', outbound_key, deadline, id)
  else
    redis.call('ZREM', outbound_key, id)
  end
end

-- A live call stays on the board until its deadline, its state an hour longer; one that has ended leaves at once.
local function save_call(id, call, deadline)
  local ttl = final_ttl_seconds
  if deadline then
    ttl = string.format('%d', ttl + math.max(0, math.ceil((deadline - now) / 1000)))
    redis.call('ZADD', live_key, deadline, id)
  else
    redis.call('ZREM', live_key, id)
  end
  note_outbound(id, call, deadline)
  redis.call('SET', call_key .. id, cmsgpack.pack(call), 'EX', ttl)
end

-- A CDR may name no session: the SIP Call-IDs of a call lead to it.
local function remember_sip_ids(text, id)
  local found = {}
  for sip in string.gmatch(text, '%S+') do found[#found + 1], found[#found + 2] = sip, id end
  if found[1] then keep_sip_ids(found) end
end
