-- Other processes.
-- expect: failed runtime "nil value"
on("e", function(event)
  posix.fork()
end)
