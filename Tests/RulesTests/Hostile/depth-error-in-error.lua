-- Errors while the stack is full.
-- expect: failed memory or failed runtime "rule:4: rule:4:"
on("e", function(event)
  local function f(n) local ok, e = pcall(f, n + 1) error(tostring(e) .. n) end
  f(1)
end)
