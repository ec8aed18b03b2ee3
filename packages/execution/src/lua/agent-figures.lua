-- What is known of some agents at this moment: a dry run, so that asking changes nothing.
-- KEYS 1 the partition's prefix, 2 the tenant's. ARGV 1 test clock · 2 tenant · 3 window lengths, comma separated ('' as each agent's
--  row has them) · 4 … agents, each once.
-- Returns a figure per agent.
-- @include shared-dry-run
-- @include shared-clock
-- @include shared-agent-row
-- @include shared-window
-- @include shared-journal
-- @include shared-health
-- @include shared-agent-figure
local hours, figures = window_lengths(ARGV[3]), {}
for i = 4, #ARGV do figures[i - 3] = figure_of(ARGV[i], hours) end
return figures
