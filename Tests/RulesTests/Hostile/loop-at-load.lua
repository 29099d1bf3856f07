-- The top level never ends.
-- expect: failed instructions
while true do end
