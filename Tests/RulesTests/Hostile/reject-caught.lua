-- A verdict is final, whatever catches it.
-- expect: rejected
before("e", function(event)
  pcall(reject, "no")
  log("alive")
  while true do end
end)
