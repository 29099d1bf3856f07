-- One person signing in, again and again, PAUSE milliseconds after each answer. What is refused because too many sign in at once is no error here.
package.path = os.getenv("BENCHMARKS") .. "/?.lua;" .. package.path
local figures = require("figures")

wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.body = os.getenv("CREDENTIALS")

function delay()
    return tonumber(os.getenv("PAUSE"))
end

function done(summary, latency)
    summary.errors.status = 0
    figures.done(summary, latency)
end
