-- Quadratic time over a long text.
-- expect: failed instructions
on("e", function(event)
  ("a"):rep(100000):gsub("a*a*b", "")
end)
