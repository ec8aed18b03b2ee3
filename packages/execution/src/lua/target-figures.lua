-- What is known of some agents and of the targets that they are members of, at one moment: a dry run, so that asking changes nothing.
-- KEYS 1 the partition's prefix, 2 the tenant's. ARGV 1 test clock · 2 tenant · 3 window lengths, comma separated · 4 how many agents
--  · then these, each once · then targets.
-- Returns {leases of the tenant, a figure per agent, per target {agent, calls on the line through it, …} of those that have any}.
-- @include shared-dry-run
-- @include shared-clock
-- @include shared-agent-row
-- @include shared-window
-- @include shared-journal
-- @include shared-health
-- @include shared-group-layout
-- @include shared-agent-figure
local count, targets = tonumber(ARGV[4]), {}
local agents, last = figures_of(5, count, window_lengths(ARGV[3])), 4 + count
for i = last + 1, #ARGV do
  local raw, active = redis.call('GET', group_key .. ARGV[i]), {}
  for at = raw and first_member(raw) or 1, raw and #raw - member_size + 1 or 0, member_size do
    local calls = struct.unpack('<I4', raw, at + member_active_offset)
    if calls > 0 then active[#active + 1], active[#active + 2] = string.sub(raw, at, at + 23), calls end
  end
  targets[i - last] = active
end
return {redis.call('ZCOUNT', leases_key, string.format('(%d', now), '+inf'), agents, targets}
