-- Optional items nest their tries.
-- expect: failed runtime "too complex"
on("e", function(event)
  ("x"):rep(1000):find(("x?"):rep(300) .. "y")
end)
