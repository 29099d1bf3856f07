-- Flags without end.
-- expect: failed runtime "repeated flags"
on("e", function(event)
  string.format("%" .. ("-"):rep(100) .. "d", 1)
end)
