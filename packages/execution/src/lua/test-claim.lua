-- A test call's claim: the claim itself in a dry run, so that it says what a real call would get and takes nothing from one. Then what
-- belongs to the call alone is written: its state, for repeats and the board, and the step's event. It holds no lease.
-- KEYS and ARGV as the claim has them for one call, every target's configuration sent along. Returns what the claim returns.
local function try()
  -- @include shared-dry-run
  local step_event
  -- The step's own is the last: what came before it happened in the dry run alone.
  commands.XADD = function(_, _, _, event) step_event = event end
  local function claim()
    -- @include claim
  end
  local reply = claim()
  return reply, strings[call_key .. ARGV[first_call]], score_of(live_key, ARGV[first_call]), step_event
end
local reply, state, deadline, step_event = try()
-- Nothing was decided, or it was before.
if type(reply[3]) ~= 'string' then return reply end

-- @include shared-clock
-- @include shared-call
-- @include shared-tenant
local call = cmsgpack.unpack(state)
call.l = nil
if deadline then list_tenant() end
save_call(ARGV[first_call], call, deadline and tonumber(deadline) or nil)
redis.call('XADD', journal_key, '*', 'e', step_event)
return reply
