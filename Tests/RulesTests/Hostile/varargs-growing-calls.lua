-- Each call hands on all arguments and a hundred more.
-- expect: failed instructions
on("e", function(event)
  local function grow(...) return grow(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, ...) end
  grow()
end)
