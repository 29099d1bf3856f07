-- Runs a rule over and over, chunk and handler, on an event like the server's, and says how many microseconds one takes.
local handler
function before(_, declared) handler = declared end
function reject(reason) return reason end

local chunk = assert(loadfile(arg[1]))
local event = {
    application = {
        id = "app-1", atsScore = 91, source = "referral", tags = { "swift", "sql" }, answers = { { key = "permit", value = "yes" } },
        candidate = { id = "cand-1", name = "Ada Byron", email = "ada@example.com" },
    },
    job = { id = "job-1", title = "Backend engineer" },
}
local rounds = 200000
local start = os.clock()
for _ = 1, rounds do
    chunk()
    handler(event)
end
io.write(string.format("%.3f\n", (os.clock() - start) / rounds * 1e6))
