-- Out of scopes with such variables by goto, break and error.
-- expect: completed "false"
on("e", function(event)
  for i = 1, 100 do
    local x <close> = nil
    if i % 2 == 0 then goto continue end
    if i == 99 then break end
    ::continue::
  end
  log((pcall(function() local x <close> = nil error("out") end)))
end)
