-- GET /card/v2/charge/{id}, going round the charges that a preparing run made.
dofile("report.lua")

local next = 0
local calls = {}

function init()
    local key = os.getenv("BENCH_SECRET_KEY")
    for _, id in ipairs(lines(os.getenv("BENCH_WORK") .. "/ids-" .. number)) do
        calls[#calls + 1] = get("/card/v2/charge/" .. id, key)
    end
end

function request()
    next = next % #calls + 1
    return calls[next]
end
