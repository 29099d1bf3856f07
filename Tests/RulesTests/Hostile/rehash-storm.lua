-- Keys that come and go, so that the table is laid out anew each time.
-- expect: failed instructions or failed memory
on("e", function(event)
  while true do
    local t = {}
    for i = 1, 64 do t[i * 2 ^ 20] = i end
    for i = 1, 64 do t[i * 2 ^ 20] = nil end
  end
end)
