-- Effects in a handler that only decides.
-- expect: failed runtime "only decides"
before("e", function(event)
  notify {}
end)
