-- What a library remembers is the run's own.
-- expect: completed "nil"
on("e", function()
  local memo = require("memo")
  log(memo.secret)
  memo.secret = "mine"
end)
