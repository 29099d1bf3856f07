-- Lazy ones that take as long.
-- expect: failed instructions
on("e", function(event)
  ("a"):rep(5000):match(".-.-.-.-b")
end)
