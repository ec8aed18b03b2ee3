-- What of a tenant's agents deserves attention now: who is not healthy, and how many calls each has on the line. Nothing is written.
-- KEYS 1 the partition's prefix, 2 the tenant's. ARGV 1 test clock · 2 tenant · 3 most agents to be named as not healthy.
-- Returns {leases, agent and leases of each that holds any, {agent, health, ejected at, ejected until, "at cause"} of each who is ejected
--  or probing, when the health of any agent changed last (0 never)}.
-- @include shared-clock
-- @include shared-agent-row
local leases, calls, counts = redis.call('ZRANGEBYSCORE', leases_key, string.format('(%d', now), '+inf'), {}, {}
for i = 1, #leases do
  local agent = string.sub(leases[i], 1, 24)
  calls[agent] = (calls[agent] or 0) + 1
end
for agent, count in pairs(calls) do counts[#counts + 1], counts[#counts + 2] = agent, count end

-- The last cause says who can't be but healthy: their rows need not be read.
local causes, unwell, last = redis.call('HGETALL', causes_key), {}, 0
for i = 1, #causes, 2 do
  local at, cause = string.match(causes[i + 1], '^(%d+) (.*)$')
  last = math.max(last, tonumber(at))
  if cause ~= 'ramped up' and cause ~= 'restored by an operator' and cause ~= 'two probes answered' and #unwell < tonumber(ARGV[3]) then
    local row = load_row(causes[i])
    if row[11] == 1 or row[11] == 2 then
      local health = row[11] == 1 and now < row[13] and 'ejected' or 'probing'
      unwell[#unwell + 1] = {causes[i], health, row[12], row[13], causes[i + 1]}
    end
  end
end
return {#leases, counts, unwell, last}
