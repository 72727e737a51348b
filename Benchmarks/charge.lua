-- POST /card/v2/charge without 3-D Secure. Each charge takes a token of its own from this thread's file.
-- With COLLECT=1 the ids are kept for the inquiries.
dofile("report.lua")

local next = 0
local list, key, opening, closing

function init()
    list = lines(os.getenv("BENCH_WORK") .. "/tokens-" .. number)
    key = os.getenv("BENCH_SECRET_KEY")
    opening = '{"amount": 200.50, "currency": "THB", "description": "Benchmark", "source_type": "card", '
        .. '"mode": "token", "additional_data": {"mid": "' .. os.getenv("BENCH_MID") .. '"}, "reference_order": "'
        .. os.getenv("BENCH_RUN") .. "-" .. number .. "-"
    closing = '", "token": "'
    if os.getenv("COLLECT") then ids = collector("ids") end
end

function request()
    next = next + 1
    local token = list[next]
    if not token then
        -- run.sh stops when it finds this file: fewer charges in the same time would be no measurement.
        if next == #list + 1 then collector("exhausted"):close() end
        token = "none"
    end
    return post("/card/v2/charge", key, opening .. next .. closing .. token .. '"}')
end

if os.getenv("COLLECT") then
    function response(status, headers, body)
        local id = status == 200 and member(body, "id")
        if id and member(body, "transaction_state") == "Authorized" then ids:write(id, "\n") else refuse(status, body) end
    end
end
