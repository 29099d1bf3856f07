-- Files.
-- expect: failed runtime "nil value"
on("e", function(event)
  io.open("/etc/passwd")
end)
