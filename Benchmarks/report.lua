-- What every step shares. run.sh starts wrk in this folder and gives keys and paths through the environment.

local threads = 0

-- Runs once per thread, outside of it: numbers the threads, so that each has files and references of its own.
function setup(thread)
    threads = threads + 1
    thread:set("number", threads)
end

-- One line that run.sh reads: answers, microseconds, percentiles in microseconds, failures.
function done(summary, latency, requests)
    local errors = summary.errors
    io.write(string.format(
        "RESULT %d %d %d %d %d %d\n",
        summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
        errors.status, errors.connect + errors.read + errors.write + errors.timeout))
end

-- An HTTP/1.1 request written out by hand: wrk.format would build it from tables each time.
function post(path, key, body)
    return "POST " .. path .. " HTTP/1.1\r\nHost: " .. wrk.host .. ":" .. wrk.port .. "\r\nx-api-key: " .. key
        .. "\r\nContent-Type: application/json\r\nContent-Length: " .. #body .. "\r\n\r\n" .. body
end

function get(path, key)
    return "GET " .. path .. " HTTP/1.1\r\nHost: " .. wrk.host .. ":" .. wrk.port .. "\r\nx-api-key: " .. key .. "\r\n\r\n"
end

-- A string member of a JSON answer. The values looked for hold no escapes.
function member(body, name)
    return string.match(body, '"' .. name .. '"%s*:%s*"([^"]+)"')
end

function lines(path)
    local list = {}
    for line in io.lines(path) do list[#list + 1] = line end
    return list
end

-- Where a preparing run writes what it collects. Measured runs define no `response`, which would slow wrk down.
function collector(name)
    return assert(io.open(os.getenv("BENCH_WORK") .. "/" .. name .. "-" .. number, "a"))
end

-- An answer that a preparing run cannot use, for run.sh to show.
function refuse(status, body)
    local file = assert(io.open(os.getenv("BENCH_WORK") .. "/refused", "a"))
    file:write(status, " ", body, "\n")
    file:close()
end
