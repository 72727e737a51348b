-- POST /api/v1/deposit, a PromptPay QR code each. Each takes a signed request of its own from this thread's file.
dofile("report.lua")

local next = 0
local list, key

function init()
    list = lines(os.getenv("BENCH_WORK") .. "/deposits-" .. number)
    key = os.getenv("BENCH_JWT_KEY")
end

function request()
    next = next + 1
    -- run.sh stops when it finds this file: fewer deposits in the same time would be no measurement.
    if next == #list + 1 then collector("exhausted"):close() end
    return post("/api/v1/deposit", key, list[next] or "{}")
end
