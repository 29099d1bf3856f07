-- Each step compares a long capture.
-- expect: failed instructions
on("e", function(event)
  ("a"):rep(100000):find("(.*)%1%1%1b")
end)
