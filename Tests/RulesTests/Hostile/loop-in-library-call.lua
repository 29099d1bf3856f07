-- A callback of the library calls the library again, for ever.
-- expect: failed instructions
local function again(c) return (("x"):gsub("x", again)) end
on("e", function() while true do pcall(again) end end)
