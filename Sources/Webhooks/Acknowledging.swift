import Foundation
import Payments

extension EgressClient.Answer {
    /// What is wrong with it as the answer to a notice; nil where the merchant's server took it.
    /// - Parameter acknowledgement: what it must say; nil: any status of success will do.
    func fault(by acknowledgement: Acknowledgement?) -> String? {
        guard let acknowledgement else { return (200..<300).contains(status) ? nil : "status \(status)" }
        guard status == 200 else { return "status \(status)" }
        guard let body, let said = AnswerValue(body), said == AnswerValue(Array(acknowledgement.body.utf8)) else {
            return "the answer is not \(acknowledgement.body)"
        }
        return nil
    }
}

/// A JSON value whose numbers are whole, as far as answers are compared.
private indirect enum AnswerValue: Decodable, Equatable {
    case null
    case flag(Bool)
    case number(Int64)
    case text(String)
    case list([AnswerValue])
    case members([String: AnswerValue])

    init?(_ bytes: [UInt8]) {
        guard let value = try? JSONDecoder().decode(AnswerValue.self, from: Data(bytes)) else { return nil }
        self = value
    }

    init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if value.decodeNil() {
            self = .null
        } else if let flag = try? value.decode(Bool.self) {
            self = .flag(flag)
        } else if let number = try? value.decode(Int64.self) {
            self = .number(number)
        } else if let text = try? value.decode(String.self) {
            self = .text(text)
        } else if let list = try? value.decode([AnswerValue].self) {
            self = .list(list)
        } else {
            self = .members(try value.decode([String: AnswerValue].self))
        }
    }
}
