-- What is known of some agents at this moment: a dry run, so that asking changes nothing.
-- KEYS 1 the partition's prefix, 2 the tenant's. ARGV 1 test clock · 2 tenant · 3 window lengths, comma separated ('' as each agent's
--  row has them) · 4 … agents.
-- Returns per agent {active, health, ejected until, window hours ×3, assignments ×3, last assigned at, cause and when "at cause" of its
--  last change of health or ''}.
-- @include shared-dry-run
-- @include shared-clock
-- @include shared-agent-row
-- @include shared-window
-- @include shared-journal
-- @include shared-health
local hours
if ARGV[3] ~= '' then
  local h1, h2, h3 = string.match(ARGV[3], '^(%d*),?(%d*),?(%d*)$')
  hours = {tonumber(h1) or 0, tonumber(h2) or 0, tonumber(h3) or 0}
end
local figures = {}
for i = 4, #ARGV do
  local row = load_row(ARGV[i])
  advance_row(ARGV[i], row, hours or {row[4], row[5], row[6]})
  settle_health(ARGV[i], row)
  figures[i - 3] = {row[1], health_names[row[11]], row[13], row[4], row[5], row[6], row[7], row[8], row[9], row[10],
    redis.call('HGET', causes_key, ARGV[i]) or ''}
end
return figures
