-- Appends an event that no script of ours causes: what an operator did, for people who watch.
-- KEYS 1 the partition's prefix, 2 the tenant's. ARGV 1 test clock · 2 tenant · 3 the rest of the event, JSON members. Returns nothing.
-- @include shared-clock
-- @include shared-journal
journal(ARGV[3])
