-- The fourth value of a for is closed, if it can be.
-- expect: failed runtime "non-closable"
on("e", function(event)
  for i in next, {}, nil, {} do end
end)
