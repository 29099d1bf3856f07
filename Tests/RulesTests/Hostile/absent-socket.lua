-- The network.
-- expect: failed runtime "nil value"
on("e", function(event)
  socket.tcp()
end)
