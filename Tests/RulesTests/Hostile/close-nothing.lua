-- nil and false can be closed, which does nothing.
-- expect: completed "closed"
on("e", function(event)
  do
    local x <close>, y = nil
    local z <close> = false
  end
  log("closed")
end)
