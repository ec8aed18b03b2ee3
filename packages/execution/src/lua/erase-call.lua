-- Takes texts out of what is remembered of a call: of its facts at once, of its decisions once it has ended, since a repeat is answered by them.
-- KEYS 1 the partition's prefix, 2 the tenant's. ARGV 1 test clock · 2 tenant · 3 call · 4 what stands in their place (JSON)
--  · then the texts (JSON, quotes included).
-- Returns {1 when something was replaced, 1 when something is left}.
-- @include shared-clock
local name = call_key .. ARGV[3]
local raw = redis.call('GET', name)
if not raw then return {0, 0} end
local call = cmsgpack.unpack(raw)
local replaced, left = 0, 0

local function without(text)
  for i = 5, #ARGV do
    local from, to = string.find(text, ARGV[i], 1, true)
    while from do
      text = string.sub(text, 1, from - 1) .. ARGV[4] .. string.sub(text, to + 1)
      from, to = string.find(text, ARGV[i], from + #ARGV[4], true)
    end
  end
  return text
end

local facts = without(call.f)
if facts ~= call.f then call.f, replaced = facts, 1 end
for step, decision in pairs(call.d) do
  local other = without(decision)
  if other ~= decision and call.e[1] == 4 then
    call.d[step], replaced = other, 1
  elseif other ~= decision then
    left = 1
  end
end
if replaced == 1 then redis.call('SET', name, cmsgpack.pack(call), 'KEEPTTL') end
return {replaced, left}
