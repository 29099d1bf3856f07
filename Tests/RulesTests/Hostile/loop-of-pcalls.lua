-- Every pcall catches the end of the one within and begins anew.
-- expect: failed instructions
on("e", function(event)
  while true do
    pcall(function() while true do end end)
  end
end)
