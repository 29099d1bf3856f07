-- A reason of a megabyte.
-- expect: rejected
before("e", function(event)
  reject(("x"):rep(1e6))
end)
