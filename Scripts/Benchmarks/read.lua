-- One GET, again and again.
package.path = os.getenv("BENCHMARKS") .. "/?.lua;" .. package.path
done = require("figures").done

wrk.headers["Authorization"] = "Bearer " .. os.getenv("TOKEN")
