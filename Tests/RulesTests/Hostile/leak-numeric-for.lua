-- A loop's state kept in a closure.
-- expect: completed "1"
local f
for i = 1, 3 do f = f or function() i = i + 0 return i end end
on("e", function() log(f()) f = nil end)
