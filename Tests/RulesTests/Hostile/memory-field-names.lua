-- Names of a million letters, read of the event: the record of what was read stays short.
-- expect: completed "" or failed instructions or failed memory
on("e", function(event)
  for i = 1, 200 do local _ = event[("x"):rep(1000):rep(1000) .. i] end
end)
