-- More handlers than a script may have.
-- expect: failed runtime
for i = 1, 1000 do on("e", print) end
