-- What is known of some agents at this moment; changes nothing that counts (rows are brought to the current minute).
-- KEYS 1 the partition's prefix, 2 the tenant's. ARGV 1 test clock · 2 tenant · 3 … agents.
-- Returns per agent {active, health, ejected until, window hours ×3, assignments ×3, last assigned at}.
-- @include shared-clock
-- @include shared-agent-row
-- @include shared-window
-- @include shared-journal
-- @include shared-health
local figures = {}
for i = 3, #ARGV do
  local row = load_row(ARGV[i])
  advance_row(ARGV[i], row, {row[4], row[5], row[6]})
  settle_health(ARGV[i], row)
  if row[2] > 0 then save_row(ARGV[i], row) end
  figures[i - 2] = {row[1], health_names[row[11]], row[13], row[4], row[5], row[6], row[7], row[8], row[9], row[10]}
end
return figures
