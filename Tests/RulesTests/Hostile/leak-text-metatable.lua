-- The metatable of texts as a store between runs.
-- expect: completed "false"
on("e", function() log((pcall(function() ("").secret = 1 end))) end)
