-- A code that is none.
-- expect: failed runtime "not a code"
before("e", function(event)
  reject("no", "drop table; --")
end)
