-- Empty matches, with a replacement each.
-- expect: failed memory or failed instructions
on("e", function(event)
  ("x"):rep(1e6):gsub("", ("y"):rep(100))
end)
