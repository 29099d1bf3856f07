-- Globals of one run for the next.
-- expect: completed "nil"
on("e", function() log(secret) secret = "mine" end)
