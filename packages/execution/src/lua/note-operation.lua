-- Appends what an operator did to a call, so that it stands in the call's timeline.
-- KEYS 1 the partition's prefix, 2 the tenant's. ARGV 1 test clock · 2 tenant · 3 call · 4 the rest of the event, JSON members.
-- Returns nothing.
-- @include shared-clock
-- @include shared-journal
-- @include shared-call
journal('"callId":"' .. ARGV[3] .. '","was":"' .. call_was(load_call(ARGV[3])) .. '",' .. ARGV[4])
