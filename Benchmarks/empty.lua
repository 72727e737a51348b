-- An empty GET: what the server and the network cost before any payment is involved.
dofile("report.lua")

function request()
    return "GET /healthz HTTP/1.1\r\nHost: " .. wrk.host .. ":" .. wrk.port .. "\r\n\r\n"
end
