import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// A merchant's server: remembers what was posted and answers as the test says.
final class Sink: Sendable {
    struct Arrival: Sendable {
        let method: String
        let path: String
        let headers: [(name: String, value: String)]
        let body: [UInt8]

        var text: String { String(decoding: body, as: UTF8.self) }

        /// The values of every header with this lower-case name.
        func header(_ name: String) -> [String] {
            headers.filter { $0.name.lowercased() == name }.map(\.value)
        }
    }

    enum Answer: Sendable {
        case status(Int, location: String? = nil, length: Int = 0)
        /// No answer before `release`, which answers with 200.
        case hold
        /// The connection is closed instead of an answer.
        case close
        /// A head that promises a body which never comes.
        case headOnly(Int)
    }

    private struct State {
        var arrivals: [Arrival] = []
        var held: [@Sendable () -> Void] = []
        var isReleased = false
        var open = 0
        var peak = 0
    }

    private let state = Mutex(State())
    private let answer: @Sendable (Arrival, _ number: Int) -> Answer
    private let channels = Mutex<[any Channel]>([])

    /// - Parameter answer: what to say to an arrival, the first of which has the number one.
    static func start(
        on host: String = "127.0.0.1",
        answer: @escaping @Sendable (Arrival, _ number: Int) -> Answer = { _, _ in .status(200) }
    ) async throws -> Sink {
        let sink = Sink(answer: answer)
        let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.backlog, value: 1_024)
            .childChannelInitializer { channel in
                sink.channels.withLock { $0.append(channel) }
                return channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                    try channel.pipeline.syncOperations.addHandler(Receiver(sink: sink))
                }
            }
            .bind(host: host, port: 0).get()
        sink.channels.withLock { $0.insert(server, at: 0) }
        return sink
    }

    private init(answer: @escaping @Sendable (Arrival, Int) -> Answer) {
        self.answer = answer
    }

    var port: Int { channels.withLock { $0.first?.localAddress?.port } ?? 0 }
    var url: String { "http://127.0.0.1:\(port)/notify" }
    /// Everything that came, in the order of arrival.
    var arrivals: [Arrival] { state.withLock { $0.arrivals } }
    var count: Int { state.withLock { $0.arrivals.count } }
    /// How many posts wait for their answer.
    var held: Int { state.withLock { $0.held.count } }
    /// The most posts that were without an answer at once.
    var peak: Int { state.withLock { $0.peak } }

    /// Answers everything that is held, and from now on holds nothing.
    func release() {
        let held = state.withLock { state in
            defer { state.held = [] }
            state.isReleased = true
            return state.held
        }
        for answer in held { answer() }
    }

    func stop() async {
        release()
        for channel in channels.withLock({ $0 }) { try? await channel.close().get() }
    }

    fileprivate func receive(_ arrival: Arrival) -> Answer {
        let number = state.withLock { state in
            state.arrivals.append(arrival)
            state.open += 1
            state.peak = max(state.peak, state.open)
            return state.arrivals.count
        }
        return answer(arrival, number)
    }

    fileprivate func answered() { state.withLock { $0.open -= 1 } }

    /// False where nothing is held any more.
    fileprivate func hold(_ later: @escaping @Sendable () -> Void) -> Bool {
        state.withLock { state in
            if !state.isReleased { state.held.append(later) }
            return !state.isReleased
        }
    }
}

private final class Receiver: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let sink: Sink
    private var head: HTTPRequestHead?
    private var body = ByteBuffer()

    init(sink: Sink) { self.sink = sink }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            self.head = head
            body.clear()
        case .body(var part): body.writeBuffer(&part)
        case .end:
            guard let head else { return }
            let arrival = Sink.Arrival(
                method: head.method.rawValue, path: head.uri, headers: head.headers.map { ($0.name, $0.value) },
                body: Array(body.readableBytesView))
            act(sink.receive(arrival), context.channel)
        }
    }

    private func act(_ answer: Sink.Answer, _ channel: any Channel) {
        switch answer {
        case .status(let status, let location, let length): Self.say(status, location, length, on: channel, sink)
        case .hold:
            let later: @Sendable () -> Void = { [sink] in Self.say(200, nil, 0, on: channel, sink) }
            if !sink.hold(later) { later() }
        case .close:
            sink.answered()
            channel.close(promise: nil)
        case .headOnly(let status):
            sink.answered()
            let head = HTTPResponseHead(
                version: .http1_1, status: HTTPResponseStatus(statusCode: status), headers: ["content-length": "10"])
            channel.writeAndFlush(HTTPServerResponsePart.head(head), promise: nil)
        }
    }

    private static func say(
        _ status: Int, _ location: String?, _ length: Int, on channel: any Channel, _ sink: Sink
    ) {
        sink.answered()
        var headers: HTTPHeaders = ["content-length": String(length)]
        if let location { headers.add(name: "location", value: location) }
        let head = HTTPResponseHead(
            version: .http1_1, status: HTTPResponseStatus(statusCode: status), headers: headers)
        channel.write(HTTPServerResponsePart.head(head), promise: nil)
        let body = ByteBuffer(repeating: UInt8(ascii: "x"), count: length)
        if length > 0 { channel.write(HTTPServerResponsePart.body(.byteBuffer(body)), promise: nil) }
        channel.writeAndFlush(HTTPServerResponsePart.end(nil), promise: nil)
    }
}
