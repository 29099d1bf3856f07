-- Libraries are names, not paths.
-- expect: failed runtime "there is no library"
on("e", function(event)
  require("../../../etc/passwd")
end)
