-- No library of C.
-- expect: failed runtime "there is no library"
on("e", function(event)
  require("socket.core")
end)
