import Payments
import Testing

@testable import Webhooks

/// Notices that ask for an answer, judged by what came back.
@Suite struct AcknowledgementTests {
    private let asked = Acknowledgement(body: #"{"code":200,"message":"Success"}"#)

    private func fault(_ status: Int, _ body: String?, asking: Bool = true) -> String? {
        EgressClient.Answer(status: status, body: body.map { Array($0.utf8) }).fault(by: asking ? asked : nil)
    }

    @Test(arguments: [
        #"{"code":200,"message":"Success"}"#, #"{"message":"Success","code":200}"#,
        " {\n\"code\" : 200,\"message\":\"Succ\\u0065ss\"}\n",
    ])
    func `the value that was asked for is taken, however it is written`(body: String) {
        #expect(fault(200, body) == nil)
    }

    @Test(
        arguments: [
            nil, "", "Success", "{}", "null", "[]", "200", #"{"code":200}"#, #"{"code":"200","message":"Success"}"#,
            #"{"code":true,"message":"Success"}"#, #"{"code":201,"message":"Success"}"#,
            #"{"code":200.5,"message":"Success"}"#, #"{"code":200,"message":"Success","more":null}"#,
            #"{"code":200,"message":"Success"} x"#, #"{"code":200,"message":["Success"]}"#,
            String(repeating: "[", count: 10_000),
        ] as [String?])
    func `any other value is not`(body: String?) {
        #expect(fault(200, body) == #"the answer is not {"code":200,"message":"Success"}"#)
    }

    @Test(arguments: [201, 202, 204, 301, 400, 500]) func `the right value under another status is not`(status: Int) {
        #expect(fault(status, asked.body) == "status \(status)")
    }

    @Test func `who asks for no answer takes any status of success`() {
        let taken = [200, 204, 299].map { fault($0, nil, asking: false) }
        #expect(taken == [nil, nil, nil])
        let refused = [199, 300, 500].map { fault($0, asked.body, asking: false) }
        #expect(refused == ["status 199", "status 300", "status 500"])
    }
}
