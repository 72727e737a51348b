-- POST /ui/v2/token. With COLLECT=1 the tokens are kept, one file per thread, for the charges.
dofile("report.lua")

local call

function init()
    call = post(
        "/ui/v2/token", os.getenv("BENCH_PUBLIC_KEY"),
        '{"number": "4024007134786226", "name": "SOMCHAI J", "expiry": "12/30", "cvv": "123"}')
    if os.getenv("COLLECT") then tokens = collector("tokens") end
end

function request()
    return call
end

if os.getenv("COLLECT") then
    function response(status, headers, body)
        local token = status == 200 and member(body, "token")
        if token then tokens:write(token, "\n") else refuse(status, body) end
    end
end
