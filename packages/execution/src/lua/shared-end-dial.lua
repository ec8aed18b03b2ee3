-- The dial of that step ended: its lease is released, its agent judged once (points nil: nothing is said of it). The result may name
-- another agent than the call remembers, when two processes answered the step before they knew of each other: the caller follows
-- one answer, the merge leased the other. Whatever the step holds ends with it.
local function end_dial(call, call_id, agent, target, step, points)
  local held = call.l
  if held and held[3] == step then
    if held[4] == 1 and (held[1] ~= agent or held[2] ~= target) then
      local other = load_row(held[1])
      release(other, held[1], held[2], call_id, step)
      save_row(held[1], other)
    end
    held[4] = 0
  end
  local row = load_row(agent)
  release(row, agent, target, call_id, step)
  if points and not (call.j and call.j[step]) then
    judge(agent, row, points)
    call.j = call.j or {}
    call.j[step] = 1
  end
  save_row(agent, row)
end
