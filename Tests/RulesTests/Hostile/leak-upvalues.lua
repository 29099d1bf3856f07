-- Upvalues of one run for the next.
-- expect: completed "1"
local runs = 0
on("e", function() runs = runs + 1 log(runs) end)
