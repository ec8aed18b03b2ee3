-- Writes a part of what SQL remembers of one tenant, after Redis was wiped. Nothing routes by it until the epoch is set.
-- KEYS 1 the partition's prefix, 2 the tenant's. ARGV 1 test clock · 2 tenant · 3 job · 4 fencing token · 5 JSON:
--  first (forget what is there) · agents [id, [minute, count, …]] · calls [id, facts JSON, evidence [rank, source, at, tie, state], heard,
--  steps [step, decision JSON, decided at, target started at, degraded], tried, lease [agent, target, step, held] or false,
--  ring, talk, answered at or false, started at, deadline or false].
-- Returns 0 stale fence · 1 done.
-- @include shared-clock
-- @include shared-agent-row
-- @include shared-window
-- @include shared-journal
-- @include shared-health
-- @include shared-group-layout
-- @include shared-call
-- @include shared-tenant
-- @include shared-lease
-- @include shared-fence
if not fence_holds(ARGV[3], tonumber(ARGV[4])) then return 0 end
local part = cjson.decode(ARGV[5])

local function forget()
  for _, field in ipairs(redis.call('HKEYS', agents_key)) do
    local target = string.match(field, '^g:(.+)$')
    if target then redis.call('DEL', group_key .. target, credit_key .. target) end
    redis.call('DEL', ring_key .. field)
  end
  redis.call('DEL', agents_key, causes_key, leases_key, live_key, outbound_key, dialled_key)
end
if part.first then forget() end

-- The longest window there can be; the first claim lays it out for the windows in use.
local hours, slots = {168, 0, 0}, 10080
local function write_counts(agent, counts)
  local minutes, total, newest = {}, 0, now_minute
  local row = load_row(agent)
  row[2], row[3], row[4], row[5], row[6] = now_minute, 0, hours[1], hours[2], hours[3]
  for i = 1, slots do minutes[i] = '\0\0\0\0' end
  for i = 1, #counts, 2 do
    local minute, count = math.min(counts[i], now_minute), counts[i + 1]
    if minute == now_minute then
      row[3] = row[3] + count
      total = total + count
    elseif minute > now_minute - slots then
      minutes[minute % slots + 1] = struct.pack('<I4', count)
      total = total + count
    end
    row[10] = math.max(row[10], minute * 60000)
  end
  redis.call('SET', ring_key .. agent, table.concat(minutes), 'EX', 691200)
  row[7] = total
  save_row(agent, row)
end

local function write_call(c)
  local call = new_call(c[2])
  call.e, call.h, call.t, call.l, call.r, call.x, call.a, call.b = c[3], c[4], c[6], c[7] or nil, c[8], c[9], c[10] or nil, c[11]
  for _, step in ipairs(c[5]) do
    call.d[step[1]], call.m[step[1]], call.s[step[1]] = step[2], step[3], step[4]
    call.n = math.max(call.n, step[1])
    if step[5] then
      call.g = call.g or {}
      call.g[step[1]] = 1
    end
  end
  local deadline, lease = c[12] or nil, call.l
  if lease and lease[4] == 1 then
    local row = load_row(lease[1])
    take_over_cap(row, lease[1], lease[2], c[1], lease[3], deadline)
    save_row(lease[1], row)
  end
  if deadline then list_tenant() end
  save_call(c[1], call, deadline)
end

for _, agent in ipairs(part.agents) do write_counts(agent[1], agent[2]) end
for _, call in ipairs(part.calls) do write_call(call) end
return 1
