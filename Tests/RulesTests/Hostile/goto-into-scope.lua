-- Jumps out of a loop keep its closures right.
-- expect: completed "1 2 3"
on("e", function(event)
  local fs = {}
  local i = 1
  ::top::
  do
    local j = i
    fs[i] = function() return j end
  end
  i = i + 1
  if i <= 3 then goto top end
  log(fs[1](), fs[2](), fs[3]())
end)
