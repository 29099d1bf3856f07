-- What a rule does not have: random.seed.
-- expect: failed runtime "nil value"
on("e", function(event)
  math.randomseed(1)
end)
