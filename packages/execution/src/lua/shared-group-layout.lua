-- A target's packed configuration and state: one string, so that one GET reads 200 members.
-- Header: hash of the content 16 · plan version · strategy (1 round robin, 2 priority, 3 load balanced) · level start ·
--  window hours · ring, attempts, total and talk limits · minute of the credits (0 none) · tiers · members.
-- Then per tier: priority, virtual time. Then per member, and after them those who left but still hold leases:
--  id 24 · agent cap · member cap · tier · weight · enabled · pass · active · credit. A cap of 2^32 - 1 is none.
-- @define header_format '<c16dBBI2I2I2I2I2I4I2I2'
-- @define header_size 44
-- @define tier_format '<I4d'
-- @define tier_size 12
-- @define member_format '<c24I4I4BBBdI4I4'
-- @define member_size 51
-- @define member_pass_offset 35
-- @define member_active_offset 43
-- @define member_credit_offset 47
-- @define no_cap 4294967295

local function first_member(raw)
  return header_size + struct.unpack('<I2', raw, 41) * tier_size + 1
end

-- Where an agent's row begins (counted from 1), also of one who has left.
local function find_member(raw, agent)
  local base = first_member(raw)
  local at = string.find(raw, agent, base, true)
  while at and (at - base) % member_size ~= 0 do at = string.find(raw, agent, at + 1, true) end
  return at
end
