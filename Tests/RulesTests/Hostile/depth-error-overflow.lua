-- An error about a call of what is no function, at the bottom of a full stack (CVE-2022-33099).
-- expect: failed memory or failed instructions or failed runtime "overflow" or failed runtime "attempt"
on("e", function(event)
  local function deep(n) local a, b, c, d, e, g = 1, 2, 3, 4, 5, 6 local x = deep(n + 1) return x() end
  pcall(deep, 1)
  deep(1)
end)
