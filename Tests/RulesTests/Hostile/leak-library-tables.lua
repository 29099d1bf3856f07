-- The library's tables as a store between runs.
-- expect: completed "nil false"
on("e", function() log(string.secret, (pcall(function() string.secret = 1 end))) end)
