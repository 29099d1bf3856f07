-- What a rule does not have: os.getenv.
-- expect: failed runtime "nil value"
on("e", function(event)
  os.getenv("DATABASE_URL")
end)
