-- Calls that the platform no longer names: one that it did not name the round before either is given up, its capacity freed. Rounds are
-- a minute apart, whoever plays them; a call that is named again begins anew.
-- KEYS 1 the partition's prefix, 2 the tenant's. ARGV 1 test clock · 2 tenant · 3 job · 4 fencing token · then the calls.
-- Returns {code, given up}: 0 stale fence · 1 done · 2 too soon after the round before · 3 no epoch.
-- @include shared-clock
-- @include shared-agent-row
-- @include shared-window
-- @include shared-journal
-- @include shared-health
-- @include shared-group-layout
-- @include shared-call
-- @include shared-lease
-- @include shared-fence
-- @define shortest_round_ms 50000
-- @define longest_round_ms 180000
if not fence_holds(ARGV[3], tonumber(ARGV[4])) then return {0, 0} end
if redis.call('EXISTS', epoch_key) == 0 then return {3, 0} end
local missed = redis.call('SMEMBERS', missed_key)
local before, given_up = {}, 0
for i = 1, #missed do before[missed[i]] = true end
local last = tonumber(redis.call('GET', rounds_key)) or 0
if now - last < shortest_round_ms then return {2, 0} end
-- What was missed long ago was not missed the round before.
if now - last > longest_round_ms then before = {} end

redis.call('DEL', missed_key)
for i = 5, #ARGV do
  local id = ARGV[i]
  if redis.call('ZSCORE', live_key, id) then
    if before[id] then
      local call = load_call(id)
      local lease = call and call.l
      if lease and lease[4] == 1 then
        local row = load_row(lease[1])
        release(row, lease[1], lease[2], id, lease[3])
        save_row(lease[1], row)
      end
      time_out(id, nil)
      given_up = given_up + 1
    else
      redis.call('SADD', missed_key, id)
    end
  end
end
redis.call('SET', rounds_key, string.format('%d', now), 'EX', 3600)
redis.call('EXPIRE', missed_key, 3600)
return {1, given_up}
